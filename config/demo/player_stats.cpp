#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "demo/files.hpp"
#include "demo/player_lines.hpp"
#include "demo/players.hpp"
#include "demo/result_set.hpp"

namespace nbasync::demo {
namespace {

// A player: the sum of his games, and with how many teams.
struct Career {
  PlayerLine sum;
  std::set<int> teams;
  int last_team = 0;
};

double attack_with(const PlayerLine& l) { return 100 * ratio(l.points_on, l.possessions_on); }
double defence_with(const PlayerLine& l) {
  return 100 * ratio(l.points_on - l.plus_minus, l.possessions_on);
}

using Careers = std::map<std::size_t, Career>;

// The lines as a team's are, for the figures that a player has alone.
std::vector<Line> lines_of(const Careers& careers) {
  std::vector<Line> lines;
  for (const auto& [place, of] : careers) {
    const auto& sum = of.sum;
    lines.push_back({sum.games, sum.wins, sum.losses, double(sum.minutes), sum.own, {}});
  }
  return lines;
}

Stats only(Stats stats, const std::function<bool(const std::string& name)>& wanted) {
  std::erase_if(stats, [&](const Stat& stat) { return !wanted(stat.name); });
  return stats;
}

void add(Table& table, const Careers& careers, const char* name,
         const std::function<Json(const Career&)>& value) {
  table.headers.emplace_back(name);
  auto row = table.rows.begin();
  for (const auto& [place, of] : careers) (row++)->push_back(value(of));
}

void add_base(Table& table, const Careers& careers) {
  const auto is_own = [](const std::string& name) {
    return name != "BLKA" && name != "PFD" && name != "PLUS_MINUS";
  };
  table.add_stats(only(base_stats(), is_own), lines_of(careers), true);
  add(table, careers, "PLUS_MINUS",
      [](const Career& of) { return Json(rounded(double(of.sum.plus_minus) / of.sum.games, 1)); });
  add(table, careers, "DD2", [](const Career& of) { return Json(of.sum.double_doubles); });
  add(table, careers, "TD3", [](const Career& of) { return Json(of.sum.triple_doubles); });
}

void add_advanced(Table& table, const Careers& careers) {
  const auto digits = [&](const char* name, int count,
                          const std::function<double(const PlayerLine&)>& value) {
    add(table, careers, name,
        [&](const Career& of) { return Json(rounded(value(of.sum), count)); });
  };
  digits("OFF_RATING", 1, attack_with);
  digits("DEF_RATING", 1, defence_with);
  digits("NET_RATING", 1, [](const PlayerLine& l) {
    return rounded(attack_with(l), 1) - rounded(defence_with(l), 1);
  });
  digits("AST_PCT", 3,
         [](const PlayerLine& l) { return ratio(l.own.ast, l.possessions_on * 0.4); });
  digits("USG_PCT", 3, [](const PlayerLine& l) {
    return ratio(l.own.fga + 0.44 * l.own.fta + l.own.tov, l.plays_on);
  });
  digits("PACE", 2, [](const PlayerLine& l) { return 48 * ratio(l.possessions_on, l.minutes); });
  digits("PIE", 3, [](const PlayerLine& l) {
    return ratio(l.own.points() + l.own.rebounds() + l.own.ast - l.own.tov, 4 * l.points_on);
  });
  const auto is_own = [](const std::string& name) { return name == "EFG_PCT" || name == "TS_PCT"; };
  table.add_stats(only(advanced_stats(), is_own), lines_of(careers), true);
}

Careers sums(const Season& season, const SeasonType& type) {
  Careers all;
  for (const auto& played : season) {
    if (!played.over() || played.game.type() != type.digit) continue;
    for (const std::size_t side : {0U, 1U}) {
      for (const auto& line : player_lines(played, side)) {
        auto& of = all[line.player];
        of.sum += line;
        of.teams.insert(played.team(side));
        of.last_team = played.team(side);
      }
    }
  }
  return all;
}

}  // namespace

Json player_stats(const Season& season, const SeasonType& type, Measure measure) {
  const auto careers = sums(season, type);
  Table table{{"PLAYER_ID", "PLAYER_NAME", "NICKNAME", "TEAM_ID", "TEAM_ABBREVIATION", "AGE"}, {}};
  for (const auto& [place, of] : careers) {
    const auto& player = players()[place];
    const auto& team = kTeams[static_cast<std::size_t>(of.last_team)];
    table.rows.push_back({player.id, player.name(), player.first, team.id, team.tricode,
                          static_cast<double>(player.age)});
  }
  table.add_stats(record_stats(Form::kFloatCount), lines_of(careers), true);
  measure == Measure::kBase ? add_base(table, careers) : add_advanced(table, careers);
  add(table, careers, "TEAM_COUNT", [](const Career& of) { return Json(of.teams.size()); });
  Json parameters = {{"MeasureType", to_string(measure)},
                     {"PerMode", "PerGame"},
                     {"LeagueID", "00"},
                     {"Season", kSeason},
                     {"SeasonType", type.name}};
  return envelope("leaguedashplayerstats", std::move(parameters), "LeagueDashPlayerStats",
                  std::move(table));
}

}  // namespace nbasync::demo
