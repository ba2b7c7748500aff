#include <gmock/gmock.h>

#include "support/decoding.hpp"
#include "support/rows.hpp"
#include "support/upstream_json.hpp"

namespace nbasync::player_game_logs_test {
namespace {

using testing::cell;
using testing::decode_bodies;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::JsonRow;
using testing::kNull;
using testing::new_season;
using testing::quoted;
using testing::real;
using testing::stats_answer;
using testing::stored_game;
using testing::text;

const std::vector<std::string> kHeaders = {
    "SEASON_ID", "PLAYER_ID", "PLAYER_NAME", "TEAM_ID",    "TEAM_ABBREVIATION",
    "GAME_ID",   "GAME_DATE", "MATCHUP",     "WL",         "MIN",
    "FGM",       "FGA",       "FG_PCT",      "FG3M",       "FG3A",
    "FG3_PCT",   "FTM",       "FTA",         "FT_PCT",     "OREB",
    "DREB",      "REB",       "AST",         "STL",        "BLK",
    "TOV",       "PF",        "PTS",         "PLUS_MINUS", "FANTASY_PTS"};

constexpr const char* kGame = "0022500001";

JsonRow line(int player, int team, const std::string& matchup, int points,
             const JsonRow& more = {}) {
  JsonRow row = {{"PLAYER_ID", std::to_string(player)},
                 {"PLAYER_NAME", quoted("Player")},
                 {"TEAM_ID", std::to_string(team)},
                 {"TEAM_ABBREVIATION", quoted(team == 1 ? "AAA" : "BBB")},
                 {"GAME_ID", quoted(kGame)},
                 {"GAME_DATE", quoted("2025-11-01")},
                 {"MATCHUP", quoted(matchup)},
                 {"MIN", "28"},
                 {"PTS", std::to_string(points)}};
  for (const auto& [header, value] : more) row[header] = value;
  return row;
}

std::string body(const std::vector<JsonRow>& rows) {
  return stats_answer("LeagueGameLog", kHeaders, rows);
}

Decoded decode(const std::vector<JsonRow>& rows, const SeasonFacts& facts = new_season()) {
  return decode_bodies(kPlayerGameLogs, {body(rows)}, facts);
}

// Whether the stored line of player 9 in the game may go.
bool may_go(const Decoded& decoded, const SeasonFacts& facts) {
  const Value key[] = {text(kGame), integer(9)};
  return decoded.changes.at(0).guard->may_go(facts, key);
}

TEST(PlayerGameLogsTest, ALineHasItsFiguresAndTheOtherTeam) {
  const auto decoded = decode({line(5, 1, "AAA vs. BBB", 8,
                                    {{"WL", quoted("W")},
                                     {"FGM", "3"},
                                     {"FGA", "6"},
                                     {"FG_PCT", "0.5"},
                                     {"FG3A", "0"},
                                     {"FG3_PCT", "0.0"},
                                     {"FTA", "2"},
                                     {"FT_PCT", "0.0"},
                                     {"TOV", "4.0"},
                                     {"PF", "5"},
                                     {"PLUS_MINUS", "-20"}}),
                               line(6, 2, "BBB @ AAA", 4, {{"MIN", "0"}})});
  const Rows& rows = decoded.changes[0].rows;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(cell(rows, 0, "season"), text("2025-26"));
  EXPECT_EQ(cell(rows, 0, "game_type"), text("Regular Season"));
  EXPECT_EQ(cell(rows, 0, "is_home"), integer(1));
  EXPECT_EQ(cell(rows, 1, "is_home"), integer(0));
  EXPECT_EQ(cell(rows, 0, "opponent_team_id"), integer(2));
  EXPECT_EQ(cell(rows, 1, "opponent_team_id"), integer(1));
  EXPECT_EQ(cell(rows, 0, "minutes"), real(28));
  EXPECT_EQ(cell(rows, 1, "minutes"), real(0));
  EXPECT_EQ(cell(rows, 0, "fgm"), integer(3));
  EXPECT_EQ(cell(rows, 0, "fg_pct"), real(0.5));
  EXPECT_EQ(cell(rows, 0, "fg3_pct"), kNull) << "of no attempts";
  EXPECT_EQ(cell(rows, 0, "ft_pct"), real(0)) << "of two";
  EXPECT_EQ(cell(rows, 0, "turnovers"), integer(4));
  EXPECT_EQ(cell(rows, 0, "fouls"), integer(5));
  EXPECT_EQ(cell(rows, 0, "points"), integer(8));
  EXPECT_EQ(cell(rows, 0, "plus_minus"), integer(-20));
}

// At a neutral site both are guests: the schedule knows, else nobody.
TEST(PlayerGameLogsTest, AtANeutralSiteTheScheduleSaysWhoIsAtHome) {
  const std::vector<JsonRow> rows = {line(5, 1, "AAA @ BBB", 8), line(6, 2, "BBB @ AAA", 4)};
  EXPECT_EQ(cell(decode(rows).changes[0].rows, 0, "is_home"), kNull);
  auto facts = new_season();
  facts.games.emplace(kGame, stored_game("final", 2, 1));
  const auto decoded = decode(rows, facts);
  EXPECT_EQ(cell(decoded.changes[0].rows, 0, "is_home"), integer(0));
  EXPECT_EQ(cell(decoded.changes[0].rows, 1, "is_home"), integer(1));
}

TEST(PlayerGameLogsTest, WhatAnOldSeasonDidNotCountIsNull) {
  const JsonRow all = {{"FG3M", "0"}, {"FG3A", "0"},       {"STL", "0"},  {"BLK", "0"},
                       {"TOV", "0"},  {"PLUS_MINUS", "0"}, {"OREB", "0"}, {"AST", "3"}};
  auto row = line(5, 1, "AAA vs. BBB", 8, all);
  row["GAME_ID"] = quoted("0026500001");
  row["GAME_DATE"] = quoted("1965-11-01");
  const Rows rows = decode({row}, new_season("1965-66")).changes[0].rows;
  for (const auto* column :
       {"fg3m", "fg3a", "steals", "blocks", "turnovers", "plus_minus", "offensive_rebounds"}) {
    EXPECT_EQ(cell(rows, 0, column), kNull) << column;
  }
  EXPECT_EQ(cell(rows, 0, "assists"), integer(3));
}

TEST(PlayerGameLogsTest, OtherLeaguesAndOtherPartsAreLeftOut) {
  auto summer = line(5, 1, "AAA vs. BBB", 8);
  summer["GAME_ID"] = quoted("1522500001");
  auto playoffs = line(5, 1, "AAA vs. BBB", 8);
  playoffs["GAME_ID"] = quoted("0042500101");
  EXPECT_EQ(decode({summer, playoffs}).changes[0].rows.size(), 0U);
}

TEST(PlayerGameLogsTest, AnswersAreJudgedByTheGamesThatEnded) {
  auto facts = new_season();
  EXPECT_EQ(decode({}, facts).changes[0].guard->rows, 0U);
  facts.games.emplace(kGame, stored_game("final", 1, 2));
  facts.games.emplace("0022500002", stored_game("final", 1, 2, "2026-01-15"));  // just now
  EXPECT_EQ(decode({}, facts).changes[0].guard->rows, 10U) << "five a team";
  auto old = new_season("1950-51");
  old.games.emplace("0025000001", stored_game("final", 1, 2, "1950-11-01"));
  EXPECT_EQ(decode_bodies(kPlayerGameLogs, {body({})}, old).changes[0].guard->rows, 1U)
      << "of old games not all is known, but something";
}

// A predecessor wrote 1900 for a time that it did not know: the game has not been over for a
// century.
TEST(PlayerGameLogsTest, ATimeOf1900IsNone) {
  auto facts = new_season();
  auto game = stored_game("final", 1, 2, "2026-01-15");
  game.time_utc = "1900-01-01T19:00:00Z";
  facts.games.emplace(kGame, game);
  EXPECT_EQ(decode({}, facts).changes[0].guard->rows, 0U) << "it ended today";
  facts.games.at(kGame).date = "2026-01-10";
  EXPECT_EQ(decode({}, facts).changes[0].guard->rows, 10U);
}

TEST(PlayerGameLogsTest, ALineOfAFinalGoesOnlyWhenTheOthersAddUpWithoutIt) {
  auto facts = new_season();
  facts.games.emplace(kGame, stored_game("final", 1, 2));
  facts.logs[kGame] = {{{1, 8}, {2, 4}}, true};
  const std::vector<JsonRow> whole = {line(5, 1, "AAA vs. BBB", 8), line(6, 2, "BBB @ AAA", 4)};
  EXPECT_TRUE(may_go(decode(whole, facts), facts));
  EXPECT_FALSE(may_go(decode({whole[0]}, facts), facts)) << "a team is missing";
  facts.logs[kGame].points[1] = 10;
  EXPECT_FALSE(may_go(decode(whole, facts), facts)) << "two points are missing";
  facts.games.at(kGame).status = "live";
  EXPECT_TRUE(may_go(decode({whole[0]}, facts), facts)) << "it was taken back";
}

TEST(PlayerGameLogsTest, EveryTypeIsAskedForOnce) {
  auto facts = new_season();
  facts.types = all_season_types();
  facts.games.emplace(kGame, stored_game("final", 1, 2));
  facts.games.emplace("0052500001", stored_game("live", 1, 2));
  const auto requests = kPlayerGameLogs.requests(facts);
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].parameter("PlayerOrTeam"), "P");
  EXPECT_EQ(requests[0].parameter("SeasonType"), "Regular Season");
  EXPECT_FALSE(requests[0].may_fail);
  EXPECT_EQ(requests[1].parameter("SeasonType"), "PlayIn");
  EXPECT_TRUE(requests[1].may_fail);
}

TEST(PlayerGameLogsTest, AFailedAnswerOfAFewDaysIsANote) {
  auto facts = new_season();
  facts.types = all_season_types();
  facts.games.emplace("0052500001", stored_game("final", 1, 2));
  JsonDecoder json;
  const auto request = kPlayerGameLogs.requests(facts).at(0);
  const std::vector<Fetched> answers = {
      {request, {}, Error(Errc::kUpstreamUnreachable, "no such page")}};
  const auto decoded = kPlayerGameLogs.decode(json, answers, facts);
  EXPECT_TRUE(decoded.changes.empty());
  EXPECT_EQ(decoded.note, "play-in: no such page");
}

// Two lines are a team's game, and no player's.
TEST(PlayerGameLogsTest, AFewDaysAreOverWhenAllHaveTheirLines) {
  auto facts = new_season();
  facts.types = {SeasonType::kPlayIn};
  facts.games.emplace("0052500001", stored_game("final", 1, 2));
  facts.remembered["player_game_logs 2025-26 play-in"].checked_at = facts.now;
  facts.lines["0052500001"] = 9;
  EXPECT_EQ(kPlayerGameLogs.requests(facts).size(), 1U);
  facts.lines["0052500001"] = 10;
  EXPECT_EQ(kPlayerGameLogs.requests(facts).size(), 0U);
}

TEST(PlayerGameLogsTest, TwoLinesOfAPlayerAreNoAnswer) {
  const auto error = error_of([] {
    decode({line(5, 1, "AAA vs. BBB", 8), line(5, 1, "AAA vs. BBB", 8)});
  });
  EXPECT_EQ(error.code(), Errc::kUpstreamMalformed);
  EXPECT_THAT(error.what(), HasSubstr("player_id"));
}

}  // namespace
}  // namespace nbasync::player_game_logs_test
