#pragma once

#include <array>

#include "dataset/box_score_columns.hpp"
#include "dataset/columns.hpp"
#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"

// The columns of team_season_stats and of league_averages, and where upstream gives each.
namespace nbasync::season_stats {

// A rating that is known does not become unknown again.
constexpr Column rating(std::string_view name) {
  return {name, Type::kReal, false, OnUpdate::kKeepIfNull};
}

// The first field of each is the team, the second the games that it has played.
inline constexpr ResultColumn kBase[] = {
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

inline constexpr ResultColumn kAdvanced[] = {
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

inline constexpr ResultColumn kOpponent[] = {
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

consteval Column average(std::string_view name) {
  return {name, Type::kReal, false, OnUpdate::kReplace, Feed::kTold, a_game(of_box_score(name))};
}
consteval Column opponents(std::string_view name, std::string_view figure) {
  return {name,        Type::kReal,
          false,       OnUpdate::kReplace,
          Feed::kTold, a_game(of_opponents_box_score(figure))};
}

inline constexpr std::array kColumns = sourced(
    sourced(
        sourced(
            std::array{
                Column{"team_id", Type::kInteger, true}.says("the team, of nba_teams.team_id",
                                                             "id"),
                Column{"season", Type::kText, true}.says("the season, like 2025-26", "season",
                                                         "the sync"),
                Column{"split_type", Type::kText, true}.says(
                    "overall, home or away of the regular season; playoffs, playoffs_home or "
                    "playoffs_away",
                    "word", "the part that was asked for"),
                Column{"games_played", Type::kInteger}.says("games played", "games"),
                Column{"wins", Type::kInteger}.says("games won", "games"),
                Column{"losses", Type::kInteger}.says("games lost", "games"),
                Column{"ppg", Type::kReal}.says("points scored", "points per game"),
                Column{"opp_ppg", Type::kReal}.says("points of the opponents", "points per game"),
                average("fg_pct"),
                average("fg3_pct"),
                average("ft_pct"),
                average("rebounds"),
                average("assists"),
                average("steals"),
                average("blocks"),
                average("turnovers"),
                rating("off_rtg").says("offensive rating: points scored",
                                       "points per 100 possessions"),
                rating("def_rtg").says("defensive rating: points conceded",
                                       "points per 100 possessions"),
                rating("net_rtg").says("off_rtg less def_rtg, as upstream tells it",
                                       "points per 100 possessions"),
                rating("pace").says("possessions", "possessions per 48 minutes"),
                Column{"true_shooting_pct", Type::kReal}.says(
                    "true shooting: points against shots and free throws attempted", "fraction"),
                Column{"efg_pct", Type::kReal}.says(
                    "effective field goals: a three-pointer counts one and a half", "fraction"),
                Column{"possessions", Type::kReal}.says(
                    "possessions over all games of the split, as upstream tells it", "possessions"),
                Column{"fg2m", Type::kReal}.says("two-point field goals made", "count per game",
                                                 "FGM less FG3M"),
                Column{"fg2a", Type::kReal}.says("two-point field goals attempted",
                                                 "count per game", "FGA less FG3A"),
                Column{"fg2_pct", Type::kReal}.says("share of two-point field goals that were made",
                                                    "fraction", "fg2m of fg2a"),
                average("fg3m"),
                average("fg3a"),
                average("ftm"),
                average("fta"),
                Column{"two_pt_ppg", Type::kReal}.says("points by two-point field goals",
                                                       "points per game", "twice fg2m"),
                Column{"three_pt_ppg", Type::kReal}.says("points by three-point field goals",
                                                         "points per game", "three times fg3m"),
                Column{"ft_ppg", Type::kReal}.says("points by free throws", "points per game",
                                                   "ftm"),
                opponents("opp_fgm", "fgm"),
                opponents("opp_fga", "fga"),
                opponents("opp_fg_pct", "fg_pct"),
                Column{"opp_fg2m", Type::kReal}.says("the opponents' two-point field goals made",
                                                     "count per game", "OPP_FGM less OPP_FG3M"),
                Column{"opp_fg2a", Type::kReal}.says(
                    "the opponents' two-point field goals attempted", "count per game",
                    "OPP_FGA less OPP_FG3A"),
                Column{"opp_fg2_pct", Type::kReal}.says(
                    "share of the opponents' two-point field goals that were made", "fraction",
                    "opp_fg2m of opp_fg2a"),
                opponents("opp_fg3m", "fg3m"),
                opponents("opp_fg3a", "fg3a"),
                opponents("opp_fg3_pct", "fg3_pct"),
                opponents("opp_ftm", "ftm"),
                opponents("opp_fta", "fta"),
                opponents("opp_ft_pct", "ft_pct"),
                opponents("opp_offensive_rebounds", "offensive_rebounds"),
                opponents("opp_defensive_rebounds", "defensive_rebounds"),
                opponents("opp_rebounds", "rebounds"),
                opponents("opp_assists", "assists"),
                Column{"opp_tov", Type::kReal}.says("the opponents' turnovers", "count per game"),
                opponents("opp_steals", "steals"),
                opponents("opp_blocks", "blocks"),
                Column{"ppg_rank", Type::kInteger}.says(
                    "rank by ppg, the most points first; NULL in splits by home and away", "rank",
                    "computed over the teams of the split"),
                Column{"opp_ppg_rank", Type::kInteger}.says(
                    "rank by opp_ppg, the fewest points first; NULL in splits by home and away",
                    "rank", "computed over the teams of the split"),
                Column{"fg_pct_rank", Type::kInteger}.says(
                    "rank by fg_pct, the highest first; NULL in splits by home and away", "rank",
                    "computed over the teams of the split"),
                Column{"fg3_pct_rank", Type::kInteger}.says(
                    "rank by fg3_pct, the highest first; NULL in splits by home and away", "rank",
                    "computed over the teams of the split"),
                Column{"ft_pct_rank", Type::kInteger}.says(
                    "rank by ft_pct, the highest first; NULL in splits by home and away", "rank",
                    "computed over the teams of the split"),
                Column{"off_rtg_rank", Type::kInteger}.says(
                    "rank by off_rtg, the highest first; NULL in splits by home and away", "rank",
                    "computed over the teams of the split"),
                Column{"def_rtg_rank", Type::kInteger}.says(
                    "rank by def_rtg, the lowest first; NULL in splits by home and away", "rank",
                    "computed over the teams of the split"),
                Column{"net_rtg_rank", Type::kInteger}.says(
                    "rank by net_rtg, the highest first; NULL in splits by home and away", "rank",
                    "computed over the teams of the split"),
                Column{"pace_rank", Type::kInteger}.says(
                    "rank by pace, the highest first; NULL in splits by home and away", "rank",
                    "computed over the teams of the split"),
                Column{"opp_tov_rank", Type::kInteger}.says(
                    "rank by opp_tov, the most first; NULL in splits by home and away", "rank",
                    "computed over the teams of the split"),
                Column{"opp_fg3_pct_rank", Type::kInteger}.says(
                    "rank by opp_fg3_pct, the lowest first; NULL in splits by home and away",
                    "rank", "computed over the teams of the split"),
                Column{"opp_assists_rank", Type::kInteger}.says(
                    "rank by opp_assists, the fewest first; NULL in splits by home and away",
                    "rank", "computed over the teams of the split"),
                Column{"games_as_of", Type::kInteger}.says(
                    "games_played when all answers of the row agreed on it; NULL where they did "
                    "not",
                    "games", "the GP of Base, Advanced and Opponent"),
            },
            "leaguedashteamstats Base", kBase),
        "leaguedashteamstats Advanced", kAdvanced),
    "leaguedashteamstats Opponent", kOpponent);

inline constexpr std::array kAverageColumns = {
    Column{"season", Type::kText, true}.says("the season, like 2025-26", "season", "the sync"),
    Column{"ppg", Type::kReal}.says("points of a team", "points per game",
                                    "mean of team_season_stats.ppg over the teams, split overall"),
    rating("pace").says("pace", "possessions per 48 minutes",
                        "mean of team_season_stats.pace over the teams, split overall"),
    rating("off_rtg").says("offensive rating", "points per 100 possessions",
                           "mean of team_season_stats.off_rtg over the teams, split overall"),
    rating("def_rtg").says("defensive rating", "points per 100 possessions",
                           "mean of team_season_stats.def_rtg over the teams, split overall"),
    Column{"fg_pct", Type::kReal}.says(
        "share of field goals that were made", "fraction",
        "mean of team_season_stats.fg_pct over the teams, split overall"),
    Column{"fg3_pct", Type::kReal}.says(
        "share of three-point field goals that were made", "fraction",
        "mean of team_season_stats.fg3_pct over the teams, split overall"),
    Column{"ft_pct", Type::kReal}.says(
        "share of free throws that were made", "fraction",
        "mean of team_season_stats.ft_pct over the teams, split overall"),
};

}  // namespace nbasync::season_stats
