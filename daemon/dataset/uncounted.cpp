#include "dataset/uncounted.hpp"

#include <algorithm>
#include <string_view>

#include "dataset/value.hpp"

namespace nbasync {
namespace {

struct Counted {
  std::string_view column;
  int since;
};
constexpr Counted kCounted[] = {
    {"fg3m", 1979},
    {"fg3a", 1979},
    {"fg3_pct", 1979},
    {"steals", 1973},
    {"blocks", 1973},
    {"turnovers", 1973},
    {"offensive_rebounds", 1973},
    {"defensive_rebounds", 1973},
    {"plus_minus", 1996},
};

struct Share {
  std::string_view column;
  std::string_view attempts;
};
constexpr Share kShares[] = {{"fg_pct", "fga"}, {"fg3_pct", "fg3a"}, {"ft_pct", "fta"}};

}  // namespace

void forget_uncounted(Rows& rows, int start_year) {
  const auto width = rows.columns.size();
  for (const auto& [column, since] : kCounted) {
    const auto c = rows.place(column);
    if (start_year >= since || c == width) continue;
    for (std::size_t r = 0; r < rows.size(); ++r) rows.cells[r * width + c] = {};
  }
}

void forget_unattempted(Rows& rows) {
  const auto width = rows.columns.size();
  for (const auto& [column, attempts] : kShares) {
    const auto c = rows.place(column);
    const auto of = rows.place(attempts);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      Value* row = &rows.cells[r * width];
      if (number(row[of]) == 0.0) row[c] = {};
    }
  }
}

}  // namespace nbasync
