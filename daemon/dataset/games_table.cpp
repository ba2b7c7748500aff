#include <array>

#include "dataset/catalog.hpp"

// The table that schedule, scoreboard and game_logs write, each the columns that it knows.
namespace nbasync {
namespace {

constexpr std::array kGamesColumns = {
    Column{"id", Type::kText, true}.says("the game, ten digits: two of the league, one of the part "
                                         "of the season, two of its year, five of the game",
                                         "id",
                                         "scheduleLeagueV2 gameId, else teamgamelogs GAME_ID"),
    Column{"season"}.says("the season, like 2025-26", "season", "the sync"),
    Column{"game_date"}.says("the league's day on which the game is or was played", "date",
                             "scheduleLeagueV2 gameDate, else teamgamelogs GAME_DATE"),
    Column{"game_time_utc"}.says("when the game begins; NULL while that is open", "UTC time",
                                 "scheduleLeagueV2 gameDateTimeUTC, else scoreboard gameTimeUTC"),
    Column{"home_team_id", Type::kInteger}.says(
        "the team at home, at a neutral site the one that counts as such; NULL while that is open",
        "id", "scheduleLeagueV2 homeTeam.teamId, else teamgamelogs MATCHUP"),
    Column{"away_team_id", Type::kInteger}.says(
        "the other team; NULL while that is open", "id",
        "scheduleLeagueV2 awayTeam.teamId, else teamgamelogs MATCHUP"),
    Column{"home_score", Type::kInteger}.says(
        "points of the home team so far", "points",
        "teamgamelogs PTS, scoreboard or scheduleLeagueV2 homeTeam.score"),
    Column{"away_score", Type::kInteger}.says(
        "points of the away team so far", "points",
        "teamgamelogs PTS, scoreboard or scheduleLeagueV2 awayTeam.score"),
    Column{"actual_total_points", Type::kInteger}.says("points of both teams together", "points",
                                                       "sum of home_score and away_score"),
    Column{"game_pace", Type::kReal}.says(
        "mean pace of the two teams", "possessions per 48 minutes", "mean of teamgamelogs PACE"),
    Column{"status"}.says("scheduled, live, final, postponed, cancelled or suspended", "word",
                          "scheduleLeagueV2, scoreboard and game logs, what of them holds"),
    Column{"game_type"}.says("part of the season: Regular Season, Play-In, Playoffs, NBA Cup "
                             "Final, Pre Season or All-Star",
                             "word", "the third digit of the game's id"),
    Column{"is_neutral", Type::kInteger}.says("whether it is at a neutral site", "0 or 1",
                                              "scheduleLeagueV2 isNeutral"),
    Column{"label"}.says("what the game is called beyond its teams, like NBA Finals - Game 7",
                         "text", "scheduleLeagueV2 gameLabel and gameSubLabel"),
    Column{"arena"}.says("where it is played", "text", "scheduleLeagueV2 arenaName"),
};

}  // namespace

const Table kGamesTable = {"games", kGamesColumns, "updated_at", "created_at",
                           "a game, to come, live or played"};

}  // namespace nbasync
