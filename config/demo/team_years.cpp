#include <algorithm>
#include <string>

#include "demo/files.hpp"
#include "demo/result_set.hpp"
#include "demo/teams.hpp"

namespace nbasync::demo {

Json team_years() {
  constexpr auto* kLast = "2025";  // the season's first year: a current team
  Table table{{"LEAGUE_ID", "TEAM_ID", "MIN_YEAR", "MAX_YEAR", "ABBREVIATION"}, {}};
  for (const auto& team : kTeams) {
    table.rows.push_back({"00", team.id, std::to_string(team.founded), kLast, team.tricode});
  }
  for (const auto& [id, first, last] : defunct_teams()) {
    table.rows.push_back({"00", id, std::to_string(first), std::to_string(last), nullptr});
  }
  std::sort(table.rows.begin(), table.rows.end(),
            [](const Json& a, const Json& b) { return a[1] < b[1]; });
  return envelope("commonteamyears", {{"LeagueID", "00"}}, "TeamYears", std::move(table));
}

}  // namespace nbasync::demo
