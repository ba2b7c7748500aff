#include <gmock/gmock.h>

#include "dataset/catalog.hpp"
#include "dataset/json_decoder.hpp"
#include "support/rows.hpp"

namespace nbasync {
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

Decoded decode(const std::string& body) {
  JsonDecoder json;
  return kTodaysGames.decode(json, std::span(&body, 1), {"2025-26", {}});
}

TEST(TodaysGamesTest, ALiveGameIsReadWithItsTextTrimmed) {
  const Decoded decoded = decode(board(game("0042200163", "2", "Q2 07:15   ", "PT07M15.00S")));
  ASSERT_EQ(decoded.changes.size(), 1U);
  EXPECT_EQ(decoded.changes[0].scope, "2023-04-20");
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
  EXPECT_EQ(decoded.prunes[0].predicate, "game_date < $1 AND game_id LIKE '00%'");
  EXPECT_EQ(decoded.prunes[0].value, "2026-01-08");
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

}  // namespace
}  // namespace nbasync
