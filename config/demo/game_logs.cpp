#include <algorithm>
#include <iterator>

#include "demo/files.hpp"
#include "demo/result_set.hpp"

namespace nbasync::demo {
namespace {

Json parameters(const SeasonType& type, Measure measure) {
  return {{"MeasureType", to_string(measure)},
          {"PerMode", "Totals"},
          {"LeagueID", "00"},
          {"SeasonYear", kSeason},
          {"SeasonType", type.name},
          {"PORound", nullptr},
          {"TeamID", 0},
          {"PlayerID", 0},
          {"Outcome", nullptr},
          {"Location", nullptr},
          {"Month", nullptr},
          {"SeasonSegment", nullptr},
          {"DateFrom", nullptr},
          {"DateTo", nullptr},
          {"OppTeamID", 0},
          {"VsConference", nullptr},
          {"VsDivision", nullptr},
          {"GameSegment", nullptr},
          {"Period", nullptr},
          {"ShotClockRange", nullptr},
          {"LastNGames", 0},
          {"IstRound", nullptr}};
}

Json identity(const Played& played, std::size_t side) {
  const auto& team = kTeams[static_cast<std::size_t>(played.team(side))];
  return {kSeason,
          team.id,
          team.tricode,
          team.full_name(),
          played.game.id,
          iso_date(played.game.date) + "T00:00:00",
          played.game.matchup(played.team(side)),
          result_of(played, side)};
}

}  // namespace

Json game_logs(const Season& season, const SeasonType& type, Measure measure) {
  Table table{{"SEASON_YEAR", "TEAM_ID", "TEAM_ABBREVIATION", "TEAM_NAME", "GAME_ID", "GAME_DATE",
               "MATCHUP", "WL"},
              {}};
  std::vector<Line> lines;
  for (auto played = season.rbegin(); played != season.rend(); ++played) {
    if (!played->begun() || played->game.type() != type.digit) continue;
    for (const std::size_t side : {0U, 1U}) {
      table.rows.push_back(identity(*played, side));
      lines.push_back(line_of(*played, side));
    }
  }
  const auto& stats = stats_of(measure);
  const auto record = record_stats(Form::kFloat);
  table.add_stats({record.back()}, lines, false);
  table.add_stats(stats, lines, false);
  table.add_ranks(record, lines);
  table.add_ranks(stats, lines);
  table.headers.push_back("AVAILABLE_FLAG");
  for (auto& row : table.rows) row.push_back(1);
  return envelope("gamelogs", parameters(type, measure), "TeamGameLogs", std::move(table));
}

}  // namespace nbasync::demo
