#include <array>
#include <string>

#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/result_set.hpp"
#include "dataset/row_index.hpp"
#include "dataset/team_states.hpp"
#include "dataset/value.hpp"

// The teams of a season: who plays is told by the standings, abbreviation and first year by the
// list of all franchises.
namespace nbasync {
namespace {

constexpr std::array kColumns = {
    Column{"team_id", Type::kInteger, true},
    Column{"team_abbreviation"},
    Column{"full_name"},
    Column{"city"},
    Column{"state"},
    Column{"year_founded", Type::kInteger},
    Column{"conference"},
    Column{"division"},
    Column{"season"},
};

constexpr Table kTable = {"nba_teams", kColumns, "season = $1", "last_updated", ""};
constexpr const Table* kTables[] = {&kTable};

constexpr Field kYears[] = {
    {"TEAM_ID", "team_id", Kind::kInteger, Need::kKey},
    {"MIN_YEAR", "year_founded", Kind::kInteger},
    {"ABBREVIATION", "team_abbreviation", Kind::kText},
};

enum { kTeamId, kCity, kName, kConference, kDivision };
constexpr Field kStandings[] = {
    {"TeamID", "team_id", Kind::kInteger, Need::kKey},
    {"TeamCity", "city", Kind::kText, Need::kRequired},
    {"TeamName", "", Kind::kText, Need::kRequired},
    {"Conference", "conference", Kind::kText},
    {"Division", "division", Kind::kText},
};

std::vector<Request> requests(const std::string& season) {
  return {
      {Host::kStats, "commonteamyears", {{"LeagueID", "00"}}},
      {Host::kStats,
       "leaguestandingsv3",
       {{"LeagueID", "00"},
        {"Season", season},
        {"SeasonType", "Regular Season"},
        {"SeasonYear", ""}}},
  };
}

Decoded decode(JsonDecoder& json, std::span<const std::string> bodies,
               const DecodeContext& context) {
  const Grid years = read_result_set(json, bodies[0], "commonteamyears", "TeamYears", kYears);
  const Grid standings =
      read_result_set(json, bodies[1], "leaguestandingsv3", "Standings", kStandings);
  const RowIndex year_of(years.cells, years.width, {0});
  const auto year_targets = targets(kYears, kColumns);
  const auto standing_targets = targets(kStandings, kColumns);

  Rows rows{kColumns, std::vector<Value>(standings.size() * kColumns.size())};
  for (std::size_t r = 0; r < standings.size(); ++r) {
    Value* row = &rows.cells[r * kColumns.size()];
    const auto standing = standings.row(r);
    const KeyPart key[] = {key_part(standing[kTeamId])};
    if (const auto year = year_of.find(key)) copy_cells(years.row(*year), year_targets, row);
    copy_cells(standing, standing_targets, row);
    row[position(kColumns, "full_name")] =
        std::get<std::string>(standing[kCity]) + ' ' + std::get<std::string>(standing[kName]);
    row[position(kColumns, "state")] =
        text_or_null(std::string(state_of_team(std::get<std::int64_t>(standing[kTeamId]))));
    row[position(kColumns, "season")] = context.season;
  }
  return {{{&kTable, std::move(rows), context.season}}, {}, {}};
}

}  // namespace

const Dataset kTeams = {.name = "teams",
                        .tables = kTables,
                        .lock = {.timeout = std::chrono::seconds{5}},
                        .stale_after = std::chrono::hours{30 * 24},
                        .requests = requests,
                        .decode = decode};

}  // namespace nbasync
