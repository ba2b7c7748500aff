#include <fmt/format.h>

#include "demo/files.hpp"
#include "demo/player_lines.hpp"
#include "demo/players.hpp"
#include "demo/result_set.hpp"

namespace nbasync::demo {
namespace {

Json share(int part, int whole) {
  return whole == 0 ? Json() : Json(rounded(static_cast<double>(part) / whole, 3));
}

double fantasy(const Box& box) {
  return rounded(
      box.points() + 1.2 * box.rebounds() + 1.5 * box.ast + 3 * (box.stl + box.blk) - box.tov, 1);
}

Json row_of(const Played& played, std::size_t side, const PlayerLine& line) {
  const auto& team = kTeams[static_cast<std::size_t>(played.team(side))];
  const auto& player = players()[line.player];
  const Box& box = line.own;
  return {fmt::format("{}{}", played.game.type(), kSeasonId + 1),
          player.id,
          player.name(),
          team.id,
          team.tricode,
          team.full_name(),
          played.game.id,
          iso_date(played.game.date),
          played.game.matchup(played.team(side)),
          result_of(played, side),
          line.minutes,
          box.fgm,
          box.fga,
          share(box.fgm, box.fga),
          box.fg3m,
          box.fg3a,
          share(box.fg3m, box.fg3a),
          box.ftm,
          box.fta,
          share(box.ftm, box.fta),
          box.oreb,
          box.dreb,
          box.rebounds(),
          box.ast,
          box.stl,
          box.blk,
          box.tov,
          box.pf,
          box.points(),
          line.plus_minus,
          fantasy(box),
          1};
}

}  // namespace

Json player_logs(const Season& season, const SeasonType& type) {
  Table table{{"SEASON_ID",
               "PLAYER_ID",
               "PLAYER_NAME",
               "TEAM_ID",
               "TEAM_ABBREVIATION",
               "TEAM_NAME",
               "GAME_ID",
               "GAME_DATE",
               "MATCHUP",
               "WL",
               "MIN",
               "FGM",
               "FGA",
               "FG_PCT",
               "FG3M",
               "FG3A",
               "FG3_PCT",
               "FTM",
               "FTA",
               "FT_PCT",
               "OREB",
               "DREB",
               "REB",
               "AST",
               "STL",
               "BLK",
               "TOV",
               "PF",
               "PTS",
               "PLUS_MINUS",
               "FANTASY_PTS",
               "VIDEO_AVAILABLE"},
              {}};
  for (const auto& played : season) {
    if (!played.begun() || played.game.type() != type.digit) continue;
    for (const std::size_t side : {0U, 1U}) {
      for (const auto& line : player_lines(played, side)) {
        table.rows.push_back(row_of(played, side, line));
      }
    }
  }
  Json parameters = {{"LeagueID", "00"},    {"Season", kSeason}, {"SeasonType", type.name},
                     {"PlayerOrTeam", "P"}, {"Counter", 0},      {"Sorter", "DATE"},
                     {"Direction", "ASC"},  {"DateFrom", ""},    {"DateTo", ""}};
  return envelope("leaguegamelog", std::move(parameters), "LeagueGameLog", std::move(table));
}

}  // namespace nbasync::demo
