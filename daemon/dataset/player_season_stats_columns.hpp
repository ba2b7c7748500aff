#pragma once

#include <array>

#include "dataset/box_score_columns.hpp"
#include "dataset/box_score_fields.hpp"
#include "dataset/columns.hpp"
#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"

// The columns of player_season_stats, and where upstream gives each.
namespace nbasync::player_season_stats {

// A figure that is known does not become unknown again: an answer that lacks it is behind.
constexpr Column advanced(std::string_view name) {
  return {name, Type::kReal, false, OnUpdate::kKeepIfNull};
}

// The first field of each is the player, the second the games that he has played.
inline constexpr auto kBase =
    chained(std::to_array<ResultColumn>({
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

inline constexpr ResultColumn kAdvanced[] = {
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

consteval Column average(std::string_view name) {
  return {name, Type::kReal, false, OnUpdate::kReplace, Feed::kTold, a_game(of_box_score(name))};
}

inline constexpr std::array kColumns = sourced(
    sourced(
        std::array{
            Column{"player_id", Type::kInteger, true}.says("the player, of players.player_id",
                                                           "id"),
            Column{"season", Type::kText, true}.says("the season, like 2025-26", "season",
                                                     "the sync"),
            Column{"split_type", Type::kText, true}.says(
                "overall for the regular season, or playoffs", "word",
                "the part that was asked for"),
            Column{"player_name"}.says("the player's name", "text"),
            Column{"team_id", Type::kInteger}.says("the team that he played for last in it", "id"),
            Column{"team_abbreviation"}.says("that team's code of that season", "text"),
            Column{"team_count", Type::kInteger}.says("teams that he played for in it", "count"),
            Column{"age", Type::kReal}.says("his age as upstream tells it for that season",
                                            "years"),
            Column{"games_played", Type::kInteger}.says("games that he played", "games"),
            Column{"wins", Type::kInteger}.says("those of them that his team won", "games"),
            Column{"losses", Type::kInteger}.says("those of them that his team lost", "games"),
            average("minutes"),
            average("points"),
            average("offensive_rebounds"),
            average("defensive_rebounds"),
            average("rebounds"),
            average("assists"),
            average("steals"),
            average("blocks"),
            average("turnovers"),
            average("fouls"),
            average("fgm"),
            average("fga"),
            average("fg_pct"),
            average("fg3m"),
            average("fg3a"),
            average("fg3_pct"),
            average("ftm"),
            average("fta"),
            average("ft_pct"),
            average("plus_minus"),
            advanced("off_rtg").says("points that his team scored while he was on the floor",
                                     "points per 100 possessions"),
            advanced("def_rtg").says("points that his team conceded while he was on the floor",
                                     "points per 100 possessions"),
            advanced("net_rtg").says("off_rtg less def_rtg, as upstream tells it",
                                     "points per 100 possessions"),
            advanced("usg_pct").says(
                "share of his team's plays that he ended while he was on the floor", "fraction"),
            advanced("ts_pct").says("true shooting: points against shots and free throws attempted",
                                    "fraction"),
            advanced("efg_pct").says("effective field goals: a three-pointer counts one and a half",
                                     "fraction"),
            advanced("ast_pct").says(
                "share of his teammates' field goals that he assisted while he was on the floor",
                "fraction"),
            advanced("pace").says("possessions of his team while he was on the floor",
                                  "possessions per 48 minutes"),
            advanced("pie").says("player impact estimate: his share of what happened in his games",
                                 "fraction"),
            Column{"double_doubles", Type::kInteger}.says(
                "games with ten or more in two of points, rebounds, assists, steals, blocks",
                "games"),
            Column{"triple_doubles", Type::kInteger}.says("games with ten or more in three of them",
                                                          "games"),
        },
        "leaguedashplayerstats Base", kBase),
    "leaguedashplayerstats Advanced", kAdvanced);

}  // namespace nbasync::player_season_stats
