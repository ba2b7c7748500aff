#pragma once

#include <array>

#include "dataset/box_score_fields.hpp"
#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"

// The columns of player_game_logs, and where upstream gives each.
namespace nbasync::player_game_logs {

inline constexpr std::array kColumns = {
    Column{"game_id", Type::kText, true},
    Column{"player_id", Type::kInteger, true},
    Column{"player_name"},
    Column{"team_id", Type::kInteger},
    Column{"team_abbreviation"},
    Column{"season"},
    Column{"game_type"},
    Column{"game_date"},
    Column{"matchup"},
    Column{"is_home", Type::kInteger},
    Column{"opponent_team_id", Type::kInteger},
    Column{"win_loss"},
    Column{"minutes", Type::kReal},
    Column{"fgm", Type::kInteger},
    Column{"fga", Type::kInteger},
    Column{"fg_pct", Type::kReal},
    Column{"fg3m", Type::kInteger},
    Column{"fg3a", Type::kInteger},
    Column{"fg3_pct", Type::kReal},
    Column{"ftm", Type::kInteger},
    Column{"fta", Type::kInteger},
    Column{"ft_pct", Type::kReal},
    Column{"offensive_rebounds", Type::kInteger},
    Column{"defensive_rebounds", Type::kInteger},
    Column{"rebounds", Type::kInteger},
    Column{"assists", Type::kInteger},
    Column{"steals", Type::kInteger},
    Column{"blocks", Type::kInteger},
    Column{"turnovers", Type::kInteger},
    Column{"fouls", Type::kInteger},
    Column{"points", Type::kInteger},
    Column{"plus_minus", Type::kInteger},
};

inline constexpr auto kFields =
    chained(std::to_array<Field>({
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

}  // namespace nbasync::player_game_logs
