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

double ratio(double a, double b) { return b == 0 ? 0 : a / b; }

// A player: the sum of his games, and with how many teams.
struct Career {
  PlayerLine sum;
  std::set<int> teams;
  int last_team = 0;
};

struct Figure {
  const char* name;
  std::function<Json(const Career&)> value;
};

Json mean(double sum, const Career& of) { return rounded(sum / of.sum.games, 1); }

Figure each(const char* name, std::function<double(const PlayerLine&)> value) {
  return {name, [value = std::move(value)](const Career& of) { return mean(value(of.sum), of); }};
}
Figure each(const char* name, int Box::*count) {
  return each(name, [count](const PlayerLine& line) { return double(line.own.*count); });
}
Figure share(const char* name, int Box::*part, int Box::*whole) {
  return {name, [=](const Career& of) {
            return Json(rounded(ratio(of.sum.own.*part, of.sum.own.*whole), 3));
          }};
}
Figure digits(const char* name, int count, const std::function<double(const PlayerLine&)>& value) {
  return {name, [=](const Career& of) { return Json(rounded(value(of.sum), count)); }};
}

std::vector<Figure> record() {
  return {{"GP", [](const Career& of) { return Json(of.sum.games); }},
          {"W", [](const Career& of) { return Json(of.sum.wins); }},
          {"L", [](const Career& of) { return Json(of.sum.losses); }},
          digits("W_PCT", 3, [](const PlayerLine& l) { return ratio(l.wins, l.games); }),
          each("MIN", [](const PlayerLine& l) { return double(l.minutes); })};
}

std::vector<Figure> base() {
  return {each("FGM", &Box::fgm),
          each("FGA", &Box::fga),
          share("FG_PCT", &Box::fgm, &Box::fga),
          each("FG3M", &Box::fg3m),
          each("FG3A", &Box::fg3a),
          share("FG3_PCT", &Box::fg3m, &Box::fg3a),
          each("FTM", &Box::ftm),
          each("FTA", &Box::fta),
          share("FT_PCT", &Box::ftm, &Box::fta),
          each("OREB", &Box::oreb),
          each("DREB", &Box::dreb),
          each("REB", [](const PlayerLine& l) { return double(l.own.rebounds()); }),
          each("AST", &Box::ast),
          each("TOV", &Box::tov),
          each("STL", &Box::stl),
          each("BLK", &Box::blk),
          each("PF", &Box::pf),
          each("PTS", [](const PlayerLine& l) { return double(l.own.points()); }),
          each("PLUS_MINUS", [](const PlayerLine& l) { return double(l.plus_minus); }),
          {"DD2", [](const Career& of) { return Json(of.sum.double_doubles); }},
          {"TD3", [](const Career& of) { return Json(of.sum.triple_doubles); }}};
}

double attack(const PlayerLine& l) { return 100 * ratio(l.points_on, l.possessions_on); }
double defence(const PlayerLine& l) {
  return 100 * ratio(l.points_on - l.plus_minus, l.possessions_on);
}

std::vector<Figure> advanced() {
  return {
      digits("OFF_RATING", 1, attack),
      digits("DEF_RATING", 1, defence),
      digits("NET_RATING", 1,
             [](const PlayerLine& l) { return rounded(attack(l), 1) - rounded(defence(l), 1); }),
      digits("AST_PCT", 3,
             [](const PlayerLine& l) { return ratio(l.own.ast, l.possessions_on * 0.4); }),
      digits("EFG_PCT", 3,
             [](const PlayerLine& l) { return ratio(l.own.fgm + 0.5 * l.own.fg3m, l.own.fga); }),
      digits("TS_PCT", 3,
             [](const PlayerLine& l) {
               return ratio(l.own.points(), 2 * (l.own.fga + 0.44 * l.own.fta));
             }),
      digits("USG_PCT", 3,
             [](const PlayerLine& l) {
               return ratio(l.own.fga + 0.44 * l.own.fta + l.own.tov, l.plays_on);
             }),
      digits("PACE", 2,
             [](const PlayerLine& l) { return 48 * ratio(l.possessions_on, l.minutes); }),
      digits("PIE", 3, [](const PlayerLine& l) {
        return ratio(l.own.points() + l.own.rebounds() + l.own.ast - l.own.tov, 4 * l.points_on);
      })};
}

std::map<std::size_t, Career> sums(const Season& season, const SeasonType& type) {
  std::map<std::size_t, Career> all;
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
  auto figures = record();
  const auto own = measure == Measure::kBase ? base() : advanced();
  figures.insert(figures.end(), own.begin(), own.end());
  Table table{{"PLAYER_ID", "PLAYER_NAME", "NICKNAME", "TEAM_ID", "TEAM_ABBREVIATION", "AGE"}, {}};
  for (const auto& figure : figures) table.headers.emplace_back(figure.name);
  table.headers.emplace_back("TEAM_COUNT");
  for (const auto& [place, of] : sums(season, type)) {
    const auto& player = players()[place];
    const auto& team = kTeams[static_cast<std::size_t>(of.last_team)];
    Json row = {player.id, player.name(), player.first,
                team.id,   team.tricode,  static_cast<double>(player.age)};
    for (const auto& figure : figures) row.push_back(figure.value(of));
    row.push_back(of.teams.size());
    table.rows.push_back(std::move(row));
  }
  Json parameters = {{"MeasureType", to_string(measure)},
                     {"PerMode", "PerGame"},
                     {"LeagueID", "00"},
                     {"Season", kSeason},
                     {"SeasonType", type.name}};
  return envelope("leaguedashplayerstats", std::move(parameters), "LeagueDashPlayerStats",
                  std::move(table));
}

}  // namespace nbasync::demo
