#include "store/game_clock.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace nbasync {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Texts of a live game: "Q3 4:10", "Half", "End Q1", "End of 1st Qtr", "OT2 0:31", "1st Qtr".
bool shows_clock(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return false;
  const auto words = lower(trimmed(*text));
  if (words.size() > 1 && words[0] == 'q' && is_digit(words[1])) return true;
  constexpr auto kBeginnings =
      std::to_array<std::string_view>({"half", "end", "ot", "1st", "2nd", "3rd", "4th"});
  return std::ranges::any_of(kBeginnings,
                             [&](std::string_view word) { return words.starts_with(word); });
}

}  // namespace

bool is_clock_alone(const TableChange& change, const Difference::Update& update) {
  const auto& columns = change.rows.columns;
  for (std::size_t i = 0; i < update.columns.size(); ++i) {
    const auto c = update.columns[i];
    const auto& after = change.rows.cells[update.row * columns.size() + c];
    const auto feed = columns[c].feed;
    if (feed == Feed::kClock) continue;
    const bool texts = shows_clock(update.before[i]) && shows_clock(after);
    if (feed != Feed::kClockText || !texts) return false;
  }
  return true;
}

}  // namespace nbasync
