#pragma once

#include <array>

#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"

// The columns of team_season_stats and of league_averages, and where upstream gives each.
namespace nbasync::season_stats {

// A rating that is known does not become unknown again.
constexpr Column rating(std::string_view name) {
  return {name, Type::kReal, false, OnUpdate::kKeepIfNull};
}

inline constexpr std::array kColumns = {
    Column{"team_id", Type::kInteger, true},
    Column{"season", Type::kText, true},
    Column{"split_type", Type::kText, true},
    Column{"games_played", Type::kInteger},
    Column{"wins", Type::kInteger},
    Column{"losses", Type::kInteger},
    Column{"ppg", Type::kReal},
    Column{"opp_ppg", Type::kReal},
    Column{"fg_pct", Type::kReal},
    Column{"fg3_pct", Type::kReal},
    Column{"ft_pct", Type::kReal},
    Column{"rebounds", Type::kReal},
    Column{"assists", Type::kReal},
    Column{"steals", Type::kReal},
    Column{"blocks", Type::kReal},
    Column{"turnovers", Type::kReal},
    rating("off_rtg"),
    rating("def_rtg"),
    rating("net_rtg"),
    rating("pace"),
    Column{"true_shooting_pct", Type::kReal},
    Column{"efg_pct", Type::kReal},
    Column{"possessions", Type::kReal},
    Column{"fg2m", Type::kReal},
    Column{"fg2a", Type::kReal},
    Column{"fg2_pct", Type::kReal},
    Column{"fg3m", Type::kReal},
    Column{"fg3a", Type::kReal},
    Column{"ftm", Type::kReal},
    Column{"fta", Type::kReal},
    Column{"two_pt_ppg", Type::kReal},
    Column{"three_pt_ppg", Type::kReal},
    Column{"ft_ppg", Type::kReal},
    Column{"opp_fgm", Type::kReal},
    Column{"opp_fga", Type::kReal},
    Column{"opp_fg_pct", Type::kReal},
    Column{"opp_fg2m", Type::kReal},
    Column{"opp_fg2a", Type::kReal},
    Column{"opp_fg2_pct", Type::kReal},
    Column{"opp_fg3m", Type::kReal},
    Column{"opp_fg3a", Type::kReal},
    Column{"opp_fg3_pct", Type::kReal},
    Column{"opp_ftm", Type::kReal},
    Column{"opp_fta", Type::kReal},
    Column{"opp_ft_pct", Type::kReal},
    Column{"opp_offensive_rebounds", Type::kReal},
    Column{"opp_defensive_rebounds", Type::kReal},
    Column{"opp_rebounds", Type::kReal},
    Column{"opp_assists", Type::kReal},
    Column{"opp_tov", Type::kReal},
    Column{"opp_steals", Type::kReal},
    Column{"opp_blocks", Type::kReal},
    Column{"ppg_rank", Type::kInteger},
    Column{"opp_ppg_rank", Type::kInteger},
    Column{"fg_pct_rank", Type::kInteger},
    Column{"fg3_pct_rank", Type::kInteger},
    Column{"ft_pct_rank", Type::kInteger},
    Column{"off_rtg_rank", Type::kInteger},
    Column{"def_rtg_rank", Type::kInteger},
    Column{"net_rtg_rank", Type::kInteger},
    Column{"pace_rank", Type::kInteger},
    Column{"opp_tov_rank", Type::kInteger},
    Column{"opp_fg3_pct_rank", Type::kInteger},
    Column{"opp_assists_rank", Type::kInteger},
    Column{"games_as_of", Type::kInteger},  // what GP all answers of the row agree on
};

inline constexpr std::array kAverageColumns = {
    Column{"season", Type::kText, true},
    Column{"ppg", Type::kReal},
    rating("pace"),
    rating("off_rtg"),
    rating("def_rtg"),
    Column{"fg_pct", Type::kReal},
    Column{"fg3_pct", Type::kReal},
    Column{"ft_pct", Type::kReal},
};

// The first field of each is the team, the second the games that it has played.
inline constexpr Field kBase[] = {
    {"TEAM_ID", "team_id", Kind::kInteger, Need::kKey},
    {"GP", "games_played", Kind::kInteger},
    {"W", "wins", Kind::kInteger},
    {"L", "losses", Kind::kInteger},
    {"PTS", "ppg"},
    {"FG_PCT", "fg_pct"},
    {"FG3_PCT", "fg3_pct"},
    {"FT_PCT", "ft_pct"},
    {"REB", "rebounds"},
    {"AST", "assists"},
    {"STL", "steals"},
    {"BLK", "blocks"},
    {"TOV", "turnovers"},
    {"FG3M", "fg3m"},
    {"FG3A", "fg3a"},
    {"FTM", "ftm"},
    {"FTA", "fta"},
    // All field goals are kept for a moment where those of two points will be.
    {"FGM", "fg2m"},
    {"FGA", "fg2a"},
};

inline constexpr Field kAdvanced[] = {
    {"TEAM_ID", "team_id", Kind::kInteger, Need::kKey},
    {"GP", "", Kind::kInteger, Need::kIfThere},
    {"OFF_RATING", "off_rtg"},
    {"DEF_RATING", "def_rtg"},
    {"NET_RATING", "net_rtg"},
    {"PACE", "pace"},
    {"TS_PCT", "true_shooting_pct"},
    {"EFG_PCT", "efg_pct"},
    {"POSS", "possessions"},
};

inline constexpr Field kOpponent[] = {
    {"TEAM_ID", "team_id", Kind::kInteger, Need::kKey},
    {"GP", "", Kind::kInteger, Need::kIfThere},
    {"OPP_PTS", "opp_ppg"},
    {"OPP_FGM", "opp_fgm"},
    {"OPP_FGA", "opp_fga"},
    {"OPP_FG_PCT", "opp_fg_pct"},
    {"OPP_FG3M", "opp_fg3m"},
    {"OPP_FG3A", "opp_fg3a"},
    {"OPP_FG3_PCT", "opp_fg3_pct"},
    {"OPP_FTM", "opp_ftm"},
    {"OPP_FTA", "opp_fta"},
    {"OPP_FT_PCT", "opp_ft_pct"},
    {"OPP_OREB", "opp_offensive_rebounds"},
    {"OPP_DREB", "opp_defensive_rebounds"},
    {"OPP_REB", "opp_rebounds"},
    {"OPP_AST", "opp_assists"},
    {"OPP_TOV", "opp_tov"},
    {"OPP_STL", "opp_steals"},
    {"OPP_BLK", "opp_blocks"},
};

}  // namespace nbasync::season_stats
