#pragma once

#include <array>

#include "dataset/box_score_fields.hpp"
#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"

// The columns of player_season_stats, and where upstream gives each.
namespace nbasync::player_season_stats {

// A figure that is known does not become unknown again: an answer that lacks it is behind.
constexpr Column advanced(std::string_view name) {
  return {name, Type::kReal, false, OnUpdate::kKeepIfNull};
}

inline constexpr std::array kColumns = {
    Column{"player_id", Type::kInteger, true},
    Column{"season", Type::kText, true},
    Column{"split_type", Type::kText, true},
    Column{"player_name"},
    Column{"team_id", Type::kInteger},
    Column{"team_abbreviation"},
    Column{"team_count", Type::kInteger},
    Column{"age", Type::kReal},
    Column{"games_played", Type::kInteger},
    Column{"wins", Type::kInteger},
    Column{"losses", Type::kInteger},
    Column{"minutes", Type::kReal},
    Column{"points", Type::kReal},
    Column{"offensive_rebounds", Type::kReal},
    Column{"defensive_rebounds", Type::kReal},
    Column{"rebounds", Type::kReal},
    Column{"assists", Type::kReal},
    Column{"steals", Type::kReal},
    Column{"blocks", Type::kReal},
    Column{"turnovers", Type::kReal},
    Column{"fouls", Type::kReal},
    Column{"fgm", Type::kReal},
    Column{"fga", Type::kReal},
    Column{"fg_pct", Type::kReal},
    Column{"fg3m", Type::kReal},
    Column{"fg3a", Type::kReal},
    Column{"fg3_pct", Type::kReal},
    Column{"ftm", Type::kReal},
    Column{"fta", Type::kReal},
    Column{"ft_pct", Type::kReal},
    Column{"plus_minus", Type::kReal},
    advanced("off_rtg"),
    advanced("def_rtg"),
    advanced("net_rtg"),
    advanced("usg_pct"),
    advanced("ts_pct"),
    advanced("efg_pct"),
    advanced("ast_pct"),
    advanced("pace"),
    advanced("pie"),
    Column{"double_doubles", Type::kInteger},
    Column{"triple_doubles", Type::kInteger},
};

// The first field of each is the player, the second the games that he has played.
inline constexpr auto kBase =
    chained(std::to_array<Field>({
                {"PLAYER_ID", "player_id", Kind::kInteger, Need::kKey},
                {"GP", "games_played", Kind::kInteger},
                {"PLAYER_NAME", "player_name", Kind::kText},
                {"TEAM_ID", "team_id", Kind::kInteger},
                {"TEAM_ABBREVIATION", "team_abbreviation", Kind::kText},
                {"TEAM_COUNT", "team_count", Kind::kInteger, Need::kIfThere},
                {"AGE", "age", Kind::kReal, Need::kIfReadable},
                {"W", "wins", Kind::kInteger},
                {"L", "losses", Kind::kInteger},
                {"MIN", "minutes"},
                {"PTS", "points"},
                {"PF", "fouls"},
                {"PLUS_MINUS", "plus_minus"},
                {"DD2", "double_doubles", Kind::kInteger, Need::kIfThere},
                {"TD3", "triple_doubles", Kind::kInteger, Need::kIfThere},
            }),
            box_score_fields(Kind::kReal));

inline constexpr Field kAdvanced[] = {
    {"PLAYER_ID", "player_id", Kind::kInteger, Need::kKey},
    {"GP", "", Kind::kInteger, Need::kIfThere},
    {"OFF_RATING", "off_rtg"},
    {"DEF_RATING", "def_rtg"},
    {"NET_RATING", "net_rtg"},
    {"USG_PCT", "usg_pct"},
    {"TS_PCT", "ts_pct"},
    {"EFG_PCT", "efg_pct"},
    {"AST_PCT", "ast_pct"},
    {"PACE", "pace"},
    {"PIE", "pie"},
};

}  // namespace nbasync::player_season_stats
