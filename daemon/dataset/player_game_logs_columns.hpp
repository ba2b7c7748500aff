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
    Column{"fgm", Type::kCount},
    Column{"fga", Type::kCount},
    Column{"fg_pct", Type::kReal},
    Column{"fg3m", Type::kCount},
    Column{"fg3a", Type::kCount},
    Column{"fg3_pct", Type::kReal},
    Column{"ftm", Type::kCount},
    Column{"fta", Type::kCount},
    Column{"ft_pct", Type::kReal},
    Column{"offensive_rebounds", Type::kCount},
    Column{"defensive_rebounds", Type::kCount},
    Column{"rebounds", Type::kCount},
    Column{"assists", Type::kCount},
    Column{"steals", Type::kCount},
    Column{"blocks", Type::kCount},
    Column{"turnovers", Type::kCount},
    Column{"fouls", Type::kCount},
    Column{"points", Type::kCount},
    Column{"plus_minus", Type::kCount},
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
