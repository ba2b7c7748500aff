#include <gmock/gmock.h>

#include "support/decoding.hpp"
#include "support/rows.hpp"

namespace nbasync::todays_games_test {
namespace {

using testing::cell;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::kNull;
using testing::text;

std::string game(const std::string& id, const std::string& status, const std::string& words,
                 const std::string& clock) {
  return R"({"gameId":")" + id + R"(","gameStatus":)" + status + R"(,"gameStatusText":")" + words +
         R"(","period":2,"gameClock":")" + clock +
         R"(","gameTimeUTC":"2023-04-21T02:00:00Z","gameEt":"2023-04-20T22:00:00Z",)"
         R"("ifNecessary":"false","homeTeam":{"teamId":1610612744,"teamTricode":"GSW","score":39,)"
         R"("seed":null,"inBonus":"0"},"awayTeam":{"teamId":1610612758,"teamTricode":"SAC",)"
         R"("score":30}})";
}

std::string board(const std::string& games, const std::string& date = "2023-04-20") {
  return R"({"meta":{},"scoreboard":{"gameDate":")" + date + R"(","games":[)" + games + "]}}";
}

Decoded decode(const std::string& body) { return testing::decode_bodies(kTodaysGames, {body}); }

TEST(TodaysGamesTest, ALiveGameIsReadWithItsTextTrimmed) {
  const Decoded decoded = decode(board(game("0042200163", "2", "Q2 07:15   ", "PT07M15.00S")));
  ASSERT_EQ(decoded.changes.size(), 2U);
  EXPECT_EQ(decoded.changes[0].scope.name, "todays_games 2023-04-20");
  EXPECT_TRUE(decoded.changes[0].complete);
  const Rows& rows = decoded.changes[0].rows;
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(cell(rows, 0, "game_id"), text("0042200163"));
  EXPECT_EQ(cell(rows, 0, "game_date"), text("2023-04-20"));
  EXPECT_EQ(cell(rows, 0, "season"), text("2022-23"));
  EXPECT_EQ(cell(rows, 0, "home_team_id"), integer(1610612744));
  EXPECT_EQ(cell(rows, 0, "home_team_name"), text("GSW"));
  EXPECT_EQ(cell(rows, 0, "home_team_score"), integer(39));
  EXPECT_EQ(cell(rows, 0, "away_team_name"), text("SAC"));
  EXPECT_EQ(cell(rows, 0, "away_team_score"), integer(30));
  EXPECT_EQ(cell(rows, 0, "game_status_text"), text("Q2 07:15"));
  EXPECT_EQ(cell(rows, 0, "game_status_code"), integer(2));
  EXPECT_EQ(cell(rows, 0, "period"), integer(2));
  EXPECT_EQ(cell(rows, 0, "game_clock"), text("PT07M15.00S"));
  EXPECT_EQ(cell(rows, 0, "game_time_utc"), text("2023-04-21T02:00:00Z"));
  EXPECT_EQ(cell(rows, 0, "game_type"), text("Playoffs"));
}

TEST(TodaysGamesTest, ClocksComeInThreeForms) {
  EXPECT_EQ(
      cell(decode(board(game("0042200163", "2", "Q4", "3:37 "))).changes[0].rows, 0, "game_clock"),
      text("3:37"));
  EXPECT_EQ(
      cell(decode(board(game("0042200163", "1", "PPD", ""))).changes[0].rows, 0, "game_clock"),
      text(""));
}

TEST(TodaysGamesTest, OldDaysGo) {
  const Decoded decoded = decode(board("", "2026-01-15"));
  EXPECT_EQ(decoded.changes[0].rows.size(), 0U);
  ASSERT_EQ(decoded.prunes.size(), 1U);
  EXPECT_EQ(decoded.prunes[0].table, kTodaysGames.tables[0]);
  EXPECT_EQ(decoded.prunes[0].scope.predicate, "game_date < $1 AND game_id LIKE '00%'");
  EXPECT_EQ(decoded.prunes[0].scope.values, std::vector<Value>{text("2026-01-08")});
}

TEST(TodaysGamesTest, FaultsAreNamed) {
  const auto fault = [](const std::string& body) {
    const Error error = error_of([&] { decode(body); });
    EXPECT_EQ(error.code(), Errc::kUpstreamMalformed);
    return std::string(error.what());
  };
  EXPECT_THAT(fault(board("", "04/20/2023")), HasSubstr("gameDate"));
  EXPECT_THAT(fault("{}"), HasSubstr("scoreboard is missing"));
  EXPECT_THAT(fault(R"({"scoreboard":{"gameDate":"2023-04-20"}})"), HasSubstr("games is missing"));
  EXPECT_THAT(fault(board(game("0042200163", "4", "", ""))), HasSubstr("gameStatus"));
  EXPECT_THAT(fault(board(game("0042200163", "null", "", ""))), HasSubstr("gameStatus"));
  EXPECT_THAT(fault(board(game("x", "1", "", ""))), HasSubstr("gameId"));
  const std::string one = game("0042200163", "1", "", "");
  EXPECT_THAT(fault(board(one + "," + one)), HasSubstr("two rows for game_id 0042200163"));
}

TEST(TodaysGamesTest, GamesOfOtherLeaguesAreDropped) {
  EXPECT_EQ(decode(board(game("1022200163", "1", "", ""))).changes[0].rows.size(), 0U);
}

std::vector<Request> asked_besides(const std::string& body, const SeasonFacts& facts) {
  JsonDecoder json;
  return kTodaysGames.more_requests(json, testing::answers_to(kTodaysGames, facts, {body}), facts);
}

TEST(TodaysGamesTest, PastDaysWithUnfinishedGamesAreAskedForTwoDaysBack) {
  auto facts = testing::new_season();  // 2026-01-15, noon UTC
  const auto play = [&](const char* id, const char* date, std::int64_t code, const char* text) {
    facts.board[id] = {date, code, text, 60, 55};
  };
  play("0022500001", "2026-01-11", 2, "Q3 4:10");
  play("0022500002", "2026-01-12", 2, "Q3 4:10");
  play("0022500003", "2026-01-13", 2, "Final");
  play("0022500004", "2026-01-13", 1, "PPD");
  play("0022500005", "2026-01-14", 1, "7:30 pm ET");
  play("0022500006", "2026-01-15", 1, "7:30 pm ET");
  const auto past = asked_besides(board("", "2026-01-15"), facts);
  ASSERT_EQ(past.size(), 2U);
  EXPECT_EQ(past[0].key(), "scoreboardv3?GameDate=2026-01-14&LeagueID=00");
  EXPECT_EQ(past[1].key(), "scoreboardv3?GameDate=2026-01-12&LeagueID=00");
  EXPECT_TRUE(past[0].may_fail);
  EXPECT_EQ(asked_besides(board("", "2026-01-14"), facts).size(), 1U) << "the board shows that day";
}

TEST(TodaysGamesTest, APastDaysAnswerClosesItsGames) {
  const auto facts = testing::new_season();
  auto answers = testing::answers_to(kTodaysGames, facts, {board("", "2026-01-15")});
  Request past{Host::kStats, "scoreboardv3", {{"GameDate", "2026-01-14"}}, true};
  answers.push_back({past, board(game("0022500005", "3", "Final", ""), "2026-01-14")});
  answers.push_back({past, {}, Error(Errc::kUpstreamTimeout, "no answer for 2026-01-12")});
  JsonDecoder json;
  const Decoded decoded = kTodaysGames.decode(json, answers, facts);
  const Rows rows = testing::rows_for(decoded, "todays_games");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(cell(rows, 0, "game_date"), text("2026-01-14"));
  EXPECT_EQ(cell(rows, 0, "game_status_code"), integer(3));
  const Rows games = testing::rows_for(decoded, "games");
  EXPECT_EQ(cell(games, 0, "status"), text("final"));
  EXPECT_EQ(cell(games, 0, "actual_total_points"), integer(69));
  EXPECT_THAT(decoded.note, HasSubstr("no answer for 2026-01-12"));
  EXPECT_EQ(decoded.prunes[0].scope.values, std::vector<Value>{text("2026-01-08")});
}

TEST(TodaysGamesTest, WhatHasNotEndedMayGo) {
  const auto guard = decode(board("", "2026-01-15")).changes[0].guard;
  ASSERT_TRUE(guard && guard->may_go);
  auto facts = testing::new_season();
  const auto may_go = [&](std::int64_t code, const char* words) {
    facts.board["0022500009"] = {"2026-01-15", code, words, 0, 0};
    const Value key[] = {text("0022500009")};
    return guard->may_go(facts, key);
  };
  EXPECT_TRUE(may_go(1, "7:30 pm ET")) << "also the last row of the day";
  EXPECT_TRUE(may_go(1, "PPD"));
  EXPECT_FALSE(may_go(3, "Final"));
  EXPECT_FALSE(may_go(2, "Final"));
}

TEST(TodaysGamesTest, WhatTheLogsKnowIsOverIsOver) {
  auto facts = testing::new_season();
  facts.games["0042200163"] = testing::stored_game("final", 1610612744, 1610612758, "2023-04-20");
  facts.logs["0042200163"] = {{{1610612744, 114}, {1610612758, 97}}, true};
  const Decoded decoded = testing::decode_bodies(
      kTodaysGames, {board(game("0042200163", "2", "Q4 0:03", "PT00M03.00S"))}, facts);
  const Rows rows = testing::rows_for(decoded, "todays_games");
  EXPECT_EQ(cell(rows, 0, "game_status_code"), integer(3));
  EXPECT_EQ(cell(rows, 0, "game_status_text"), text("Final"));
  EXPECT_EQ(cell(rows, 0, "home_team_score"), integer(114));
}

}  // namespace
}  // namespace nbasync::todays_games_test
