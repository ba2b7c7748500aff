#include <algorithm>
#include <map>
#include <string>

#include "demo/files.hpp"
#include "demo/result_set.hpp"

namespace nbasync::demo {
namespace {

Json parameters(const SeasonType& type, Measure measure, Location location) {
  const std::string where = to_string(location);
  return {{"MeasureType", to_string(measure)},
          {"PerMode", "PerGame"},
          {"PlusMinus", "N"},
          {"PaceAdjust", "N"},
          {"Rank", "N"},
          {"LeagueID", "00"},
          {"Season", kSeason},
          {"SeasonType", type.name},
          {"PORound", nullptr},
          {"Outcome", nullptr},
          {"Location", where.empty() ? Json() : Json(where)},
          {"Month", 0},
          {"SeasonSegment", nullptr},
          {"DateFrom", nullptr},
          {"DateTo", nullptr},
          {"OpponentTeamID", 0},
          {"VsConference", nullptr},
          {"VsDivision", nullptr},
          {"TeamID", nullptr},
          {"Conference", nullptr},
          {"Division", nullptr},
          {"GameSegment", nullptr},
          {"Period", 0},
          {"ShotClockRange", nullptr},
          {"LastNGames", 0},
          {"GameScope", nullptr},
          {"PlayerExperience", nullptr},
          {"PlayerPosition", nullptr},
          {"StarterBench", nullptr},
          {"TwoWay", 0},
          {"GameSubtype", nullptr},
          {"ISTRound", nullptr}};
}

void add(Line& sum, const Line& line) {
  sum.games += line.games;
  sum.wins += line.wins;
  sum.losses += line.losses;
  sum.minutes += line.minutes;
  sum.own += line.own;
  sum.opponent += line.opponent;
}

}  // namespace

Json team_stats(const Season& season, const SeasonType& type, Measure measure, Location location) {
  std::map<std::string, std::pair<const Team*, Line>> teams;  // in upstream's order: by name
  for (const auto& played : season) {
    if (!played.over() || played.game.type() != type.digit) continue;
    for (const std::size_t side : {0U, 1U}) {
      if (location == (side == 0 ? Location::kRoad : Location::kHome)) continue;
      const auto& team = kTeams[static_cast<std::size_t>(played.team(side))];
      auto& [known, sum] = teams[team.full_name()];
      known = &team;
      add(sum, line_of(played, side));
    }
  }
  Table table{{"TEAM_ID", "TEAM_NAME"}, {}};
  std::vector<Line> lines;
  for (const auto& [name, entry] : teams) {
    table.rows.push_back(Json::array({entry.first->id, name}));
    lines.push_back(entry.second);
  }
  const auto& stats = stats_of(measure);
  // In Advanced the minutes stay a sum, whatever PerMode says.
  const auto record =
      record_stats(measure == Measure::kAdvanced ? Form::kFloat : Form::kFloatCount);
  table.add_stats(record, lines, true);
  table.add_stats(stats, lines, true);
  table.add_ranks(record, lines);
  table.add_ranks(stats, lines);
  return envelope("leaguedashteamstats", parameters(type, measure, location), "LeagueDashTeamStats",
                  std::move(table));
}

}  // namespace nbasync::demo
