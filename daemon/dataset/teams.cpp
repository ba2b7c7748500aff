#include <array>
#include <string>

#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/result_set.hpp"
#include "dataset/row_index.hpp"
#include "dataset/standings.hpp"
#include "dataset/team_states.hpp"
#include "dataset/value.hpp"

// The teams of a season: who plays is told by the standings, abbreviation and first year by the
// list of all franchises.
namespace nbasync {
namespace teams {
namespace {

constexpr ResultColumn kYears[] = {
    {"TEAM_ID", "team_id", Kind::kInteger, Need::kKey},
    {"MIN_YEAR", "year_founded", Kind::kInteger},
    {"ABBREVIATION", "team_abbreviation", Kind::kText},
};

constexpr std::array kColumns = sourced(
    std::array{
        Column{"team_id", Type::kInteger, true}.says("the team, as upstream numbers it", "id",
                                                     "leaguestandingsv3 TeamID"),
        Column{"team_abbreviation"}.says("the team's code of three letters", "text"),
        Column{"full_name"}.says("city and name together, like Boston Celtics", "text",
                                 "made of TeamCity and TeamName"),
        Column{"city"}.says("the city or region that the team is named after", "text",
                            "leaguestandingsv3 TeamCity"),
        Column{"state"}.says("the state or province that the team plays in, two letters", "text",
                             "a list of this program's own"),
        Column{"year_founded", Type::kInteger}.says(
            "the first season of the franchise, by the year in which it began", "year"),
        Column{"conference"}.says("East or West", "text", "leaguestandingsv3 Conference"),
        Column{"division"}.says("the division, like Atlantic", "text",
                                "leaguestandingsv3 Division"),
        Column{"season"}.says("the season of which the row tells, like 2025-26", "season",
                              "the sync"),
    },
    "commonteamyears", kYears);

constexpr Table kTable = {"nba_teams", kColumns, "last_updated", "",
                          "a team of the newest season that has standings"};
constexpr const Table* kTables[] = {&kTable, &kStandingsTable};
std::vector<Request> requests(const SeasonFacts& facts) {
  return {
      {Host::kStats, "commonteamyears", {{"LeagueID", "00"}}},
      {Host::kStats,
       "leaguestandingsv3",
       {{"LeagueID", "00"},
        {"Season", facts.season},
        {"SeasonType", "Regular Season"},
        {"SeasonYear", ""}}},
  };
}

// The teams of today, of the newest season that has standings.
TableChange teams_of_today(const Grid& years, const Grid& standings, const SeasonFacts& facts) {
  const RowIndex year_of(years.cells, years.width, {0});
  const auto year_targets = targets(kYears, kColumns);
  const auto standing_targets = targets(standings::kFields, kColumns);
  TableChange change{&kTable, {kColumns, {}}, {}};
  change.rows.cells.resize(standings.size() * kColumns.size());
  for (std::size_t r = 0; r < standings.size(); ++r) {
    Value* row = &change.rows.cells[r * kColumns.size()];
    const auto standing = standings.row(r);
    const auto& id = standing[standings::kTeamId];
    const KeyPart key[] = {key_part(id)};
    if (const auto year = year_of.find(key)) copy_cells(years.row(*year), year_targets, row);
    copy_cells(standing, standing_targets, row);
    row[position(kColumns, "full_name")] = std::get<std::string>(standing[standings::kCity]) + ' ' +
                                           std::get<std::string>(standing[standings::kName]);
    row[position(kColumns, "state")] =
        text_or_null(std::string(state_of_team(std::get<std::int64_t>(id))));
    row[position(kColumns, "season")] = facts.season;
  }
  // Of the league's own ids: what else somebody keeps there is not ours.
  change.scope = {
      "season = $1 OR team_id BETWEEN 1610610000 AND 1610619999", {facts.season}, "nba_teams"};
  Expectation& guard = change.guard.emplace();
  guard.each = true;
  // Those that an older season left behind are none of this one's.
  guard.may_go = [](const SeasonFacts& known, std::span<const Value> key) {
    return !known.teams_of_season.contains(std::get<std::int64_t>(key[0]));
  };
  return change;
}

Decoded decode(JsonDecoder& json, std::span<const Fetched> answers, const SeasonFacts& facts) {
  const Grid years = read_result_set(json, answers[0].body, "commonteamyears", "TeamYears", kYears);
  const Grid standings =
      read_result_set(json, answers[1].body, "leaguestandingsv3", "Standings", standings::kFields);
  Decoded decoded;
  const bool newest = facts.season >= facts.newest_season;
  auto change = standings::change_of(standings, facts);
  if (newest) standings::add_abbreviations(change.rows, years);
  if (newest && standings.size() > 0) {
    decoded.changes.push_back(teams_of_today(years, standings, facts));
  }
  if (!newest) change.counted = true;
  decoded.changes.push_back(std::move(change));
  return decoded;
}

}  // namespace
}  // namespace teams

const Dataset kTeams = {.name = "teams",
                        .tables = teams::kTables,
                        .lock = {.timeout = std::chrono::seconds{5}},
                        .stale_after = std::chrono::hours{30 * 24},
                        .requests = teams::requests,
                        .decode = teams::decode};

}  // namespace nbasync
