#include <algorithm>

#include "demo/files.hpp"
#include "demo/standing_row.hpp"

namespace nbasync::demo {

Json standings(const Season& season) {
  const auto records = team_records(season);
  Table table;
  for (const auto& record : records) {
    Table row = standing_row(records, record);
    table.headers = std::move(row.headers);
    table.rows.push_back(std::move(row.rows.front()));
  }
  // By share of wins; the columns are looked up by name.
  const auto at = std::find(table.headers.begin(), table.headers.end(), "WinPCT");
  const auto share = static_cast<std::size_t>(at - table.headers.begin());
  std::stable_sort(table.rows.begin(), table.rows.end(),
                   [&](const Json& a, const Json& b) { return a[share] > b[share]; });
  const Json parameters = {
      {"LeagueID", "00"}, {"SeasonYear", kSeason}, {"SeasonType", "Regular Season"}};
  return envelope("leaguestandings", parameters, "Standings", std::move(table));
}

}  // namespace nbasync::demo
