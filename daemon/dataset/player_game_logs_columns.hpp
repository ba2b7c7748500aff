#pragma once

#include <array>

#include "dataset/box_score_columns.hpp"
#include "dataset/box_score_fields.hpp"
#include "dataset/columns.hpp"
#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"

// The columns of player_game_logs, and where upstream gives each.
namespace nbasync::player_game_logs {

inline constexpr auto kFields =
    chained(std::to_array<ResultColumn>({
                {"GAME_ID", "game_id", Kind::kText, Need::kKey},
                {"PLAYER_ID", "player_id", Kind::kInteger, Need::kKey},
                {"PLAYER_NAME", "player_name", Kind::kText},
                {"TEAM_ID", "team_id", Kind::kInteger, Need::kRequired},
                {"TEAM_ABBREVIATION", "team_abbreviation", Kind::kText},
                {"GAME_DATE", "game_date", Kind::kDate, Need::kRequired},
                {"MATCHUP", "matchup", Kind::kText, Need::kRequired},
                {"WL", "win_loss", Kind::kText},
                {"MIN", "minutes"},
                {"PF", "fouls", Kind::kCount},
                {"PTS", "points", Kind::kCount},
                {"PLUS_MINUS", "plus_minus", Kind::kCount},
            }),
            box_score_fields(Kind::kCount));

consteval Column counted(std::string_view name) {
  return {name, Type::kCount, false, OnUpdate::kReplace, Feed::kTold, of_box_score(name)};
}
consteval Column real(std::string_view name) {
  return {name, Type::kReal, false, OnUpdate::kReplace, Feed::kTold, of_box_score(name)};
}

inline constexpr std::array kColumns = sourced(
    std::array{
        Column{"game_id", Type::kText, true}.says("the game, of games.id", "id"),
        Column{"player_id", Type::kInteger, true}.says("the player, of players.player_id", "id"),
        Column{"player_name"}.says("the player's name", "text"),
        Column{"team_id", Type::kInteger}.says("the team that he played for in it", "id"),
        Column{"team_abbreviation"}.says("that team's code of that season", "text"),
        Column{"season"}.says("the season, like 2025-26", "season", "the sync"),
        Column{"game_type"}.says("part of the season, as games.game_type", "word",
                                 "the third digit of the game's id"),
        Column{"game_date"}.says("the league's day of the game", "date"),
        Column{"matchup"}.says(
            "both teams as upstream writes it: BOS vs. NYK at home, BOS @ NYK away", "text"),
        Column{"is_home", Type::kInteger}.says(
            "whether his team was at home; NULL where nobody says so", "0 or 1",
            "scheduleLeagueV2, else MATCHUP"),
        Column{"opponent_team_id", Type::kInteger}.says("the other team", "id",
                                                        "the lines of the game's other team"),
        Column{"win_loss"}.says("W or L of his team; NULL until the game has ended", "word"),
        real("minutes"),
        counted("fgm"),
        counted("fga"),
        real("fg_pct"),
        counted("fg3m"),
        counted("fg3a"),
        real("fg3_pct"),
        counted("ftm"),
        counted("fta"),
        real("ft_pct"),
        counted("offensive_rebounds"),
        counted("defensive_rebounds"),
        counted("rebounds"),
        counted("assists"),
        counted("steals"),
        counted("blocks"),
        counted("turnovers"),
        counted("fouls"),
        counted("points"),
        counted("plus_minus"),
    },
    "leaguegamelog players", kFields);

}  // namespace nbasync::player_game_logs
