#pragma once

#include <array>
#include <cstddef>

#include "dataset/box_score_columns.hpp"
#include "dataset/box_score_fields.hpp"
#include "dataset/columns.hpp"
#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"

// The columns of team_game_logs, and where upstream gives each.
namespace nbasync::game_logs {

// A figure of a team in a game. Its twin is the other team's.
struct Figure {
  std::string_view column;
  std::string_view twin;
  Type type;
};

inline constexpr Figure kFigures[] = {
    {"off_rating", "opp_off_rating", Type::kReal},
    {"def_rating", "opp_def_rating", Type::kReal},
    {"pace", "opp_pace", Type::kReal},
    {"possessions", "opp_possessions", Type::kReal},
    {"fgm", "opp_fgm", Type::kCount},
    {"fga", "opp_fga", Type::kCount},
    {"fg_pct", "opp_fg_pct", Type::kReal},
    {"fg2m", "opp_fg2m", Type::kCount},
    {"fg2a", "opp_fg2a", Type::kCount},
    {"fg3m", "opp_fg3m", Type::kCount},
    {"fg3a", "opp_fg3a", Type::kCount},
    {"fg3_pct", "opp_fg3_pct", Type::kReal},
    {"ftm", "opp_ftm", Type::kCount},
    {"fta", "opp_fta", Type::kCount},
    {"ft_pct", "opp_ft_pct", Type::kReal},
    {"offensive_rebounds", "opp_offensive_rebounds", Type::kCount},
    {"defensive_rebounds", "opp_defensive_rebounds", Type::kCount},
    {"rebounds", "opp_rebounds", Type::kCount},
    {"assists", "opp_assists", Type::kCount},
    {"steals", "opp_steals", Type::kCount},
    {"blocks", "opp_blocks", Type::kCount},
    {"turnovers", "opp_turnovers", Type::kCount},
    {"points_off_turnovers", "opp_points_off_turnovers", Type::kCount},
    {"second_chance_points", "opp_second_chance_points", Type::kCount},
    {"fast_break_points", "opp_fast_break_points", Type::kCount},
    {"points_in_paint", "opp_points_in_paint", Type::kCount},
};

inline constexpr std::array kIdentity = {
    Column{"game_id", Type::kText, true}.says("the game, of games.id", "id"),
    Column{"team_id", Type::kInteger, true}.says("the team whose line it is", "id"),
    Column{"game_date"}.says("the league's day of the game", "date"),
    Column{"season"}.says("the season, like 2025-26", "season", "the sync"),
    Column{"game_type"}.says("part of the season, as games.game_type", "word",
                             "the third digit of the game's id"),
    Column{"matchup"}.says("both teams as upstream writes it: BOS vs. NYK at home, BOS @ NYK away",
                           "text"),
    Column{"is_home", Type::kInteger}.says(
        "whether the team was at home; NULL where nobody says so", "0 or 1",
        "scheduleLeagueV2, else MATCHUP"),
    Column{"opponent_team_id", Type::kInteger}.says("the other team", "id",
                                                    "the other line of the game"),
    Column{"opponent_abbr"}.says("the other team's code of that season", "text",
                                 "the other line of the game, else MATCHUP"),
    Column{"team_abbreviation"}.says("the team's code of that season", "text"),
    Column{"team_pts", Type::kCount}.says("points scored", "points"),
    Column{"opp_pts", Type::kCount}.says("points of the opponent", "points",
                                         "the other line of the game"),
    Column{"win_loss"}.says("W or L; NULL until the game has ended", "word"),
    Column{"minutes", Type::kReal}.says("minutes played, 48 without overtime", "minutes"),
    Column{"rest_days", Type::kInteger}.says(
        "days since the team's game before of that season, 1 for the day after; NULL for the first",
        "days", "games and game logs"),
    Column{"is_back_to_back", Type::kInteger}.says("whether the team had played the day before",
                                                   "0 or 1", "rest_days is 1"),
};

// A row: identity, figures, their twins in the same order.
inline constexpr std::size_t kFirstFigure = kIdentity.size();
inline constexpr std::size_t kFirstTwin = kFirstFigure + std::size(kFigures);
inline constexpr std::size_t kWidth = kFirstTwin + std::size(kFigures);

// The first two fields of each are the key.
inline constexpr auto kBase =
    chained(std::to_array<ResultColumn>({
                {"GAME_ID", "game_id", Kind::kText, Need::kKey},
                {"TEAM_ID", "team_id", Kind::kInteger, Need::kKey},
                {"TEAM_ABBREVIATION", "team_abbreviation", Kind::kText, Need::kRequired},
                {"GAME_DATE", "game_date", Kind::kDate, Need::kRequired},
                {"MATCHUP", "matchup", Kind::kText, Need::kRequired},
                {"WL", "win_loss", Kind::kText},
                {"MIN", "minutes"},
                {"PTS", "team_pts", Kind::kCount},
            }),
            box_score_fields(Kind::kCount));
inline constexpr std::size_t kAbbreviation = 2;  // of kBase

inline constexpr ResultColumn kAdvanced[] = {
    {"GAME_ID", "game_id", Kind::kText, Need::kKey},
    {"TEAM_ID", "team_id", Kind::kInteger, Need::kKey},
    {"OFF_RATING", "off_rating"},
    {"DEF_RATING", "def_rating"},
    {"PACE", "pace"},
    {"POSS", "possessions"},
};

inline constexpr ResultColumn kMisc[] = {
    {"GAME_ID", "game_id", Kind::kText, Need::kKey},
    {"TEAM_ID", "team_id", Kind::kInteger, Need::kKey},
    {"PTS_OFF_TOV", "points_off_turnovers", Kind::kCount},
    {"PTS_2ND_CHANCE", "second_chance_points", Kind::kCount},
    {"PTS_FB", "fast_break_points", Kind::kCount},
    {"PTS_PAINT", "points_in_paint", Kind::kCount},
};

inline constexpr std::array<Column, kWidth> kColumns = [] {
  std::array<Column, kWidth> columns{};
  for (std::size_t c = 0; c < kFirstFigure; ++c) columns[c] = kIdentity[c];
  for (std::size_t f = 0; f < std::size(kFigures); ++f) {
    // A figure that is known does not become unknown again: an answer that lacks it is behind.
    constexpr auto kKeep = OnUpdate::kKeepIfNull;
    const Figure& figure = kFigures[f];
    columns[kFirstFigure + f] = {figure.column, figure.type, false,
                                 kKeep,         Feed::kTold, of_box_score(figure.column)};
    columns[kFirstTwin + f] = {figure.twin, figure.type, false,
                               kKeep,       Feed::kTold, of_opponents_box_score(figure.column)};
    columns[kFirstTwin + f].meaning.source = "the other line of the game";
  }
  columns = sourced(columns, "teamgamelogs Base (before 1996-97 leaguegamelog)", kBase);
  columns = sourced(columns, "teamgamelogs Advanced", kAdvanced);
  return sourced(columns, "teamgamelogs Misc", kMisc);
}();

}  // namespace nbasync::game_logs
