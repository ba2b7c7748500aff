#include "dataset/one_moment.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "dataset/date.hpp"
#include "dataset/played.hpp"

namespace nbasync {
namespace {

constexpr std::chrono::hours kSoon{2};

}  // namespace

void keep_of_one_moment(const Moments& moments, const SeasonFacts& facts, TableChange& change,
                        std::string& note) {
  const auto width = change.rows.columns.size();
  const std::string split(moments.split);
  std::vector<Value> kept;
  kept.reserve(change.rows.cells.size());
  std::size_t waiting = 0;
  std::size_t taken = 0;
  for (std::size_t r = 0; r < change.rows.size(); ++r) {
    Value* row = &change.rows.cells[r * width];
    const bool is_torn = moments.is_torn(row);
    if (is_torn && facts.stat_rows.contains({std::get<std::int64_t>(row[0]), split}) &&
        has_just_played(moments.team(row), std::chrono::hours{24}, facts)) {
      change.spared.push_back({row[0], row[1], row[2]});
      ++waiting;
      continue;
    }
    if (is_torn) ++taken;
    kept.insert(kept.end(), std::make_move_iterator(row), std::make_move_iterator(row + width));
  }
  change.rows.cells = std::move(kept);
  if (waiting > 0) {
    add_note(note,
             format("{}: the answers for {} {} are not of one moment; their rows stay as they "
                    "were",
                    split, waiting, moments.unit));
  }
  if (taken > 0) {
    add_note(note, format("{}: the answers for {} {} do not agree on the games played", split,
                          taken, moments.unit));
  }
}

bool is_worth_asking_again(std::int64_t team, const SeasonFacts& facts) {
  return has_just_played(team, kSoon, facts);
}

bool is_worth_asking_again(const SeasonFacts& facts) {
  return std::ranges::any_of(facts.games, [&](const auto& each) {
    const auto start = tip_off(each.second.time_utc);
    return start && is_just_over(*start, kSoon, facts.now);
  });
}

}  // namespace nbasync
