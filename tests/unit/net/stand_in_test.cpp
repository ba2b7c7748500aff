#include "support/stand_in.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "support/stand_in_json.hpp"

// The stand-in's own promises: tests of others rest on them.
namespace nbasync::testing {
namespace {

const std::string kRows = R"({"resultSets":[{"headers":["ID","PTS"],"rowSet":[[1,100],[2,98]]}]})";
const std::string kGames = R"({"scoreboard":{"games":[{"gameId":"1","score":3}]}})";

TEST(StandInJsonTest, RenamesAColumnOfEitherShape) {
  EXPECT_EQ(rename_column(kRows, "PTS", "POINTS"),
            R"({"resultSets":[{"headers":["ID","POINTS"],"rowSet":[[1,100],[2,98]]}]})");
  EXPECT_EQ(rename_column(kGames, "gameId", "id"),
            R"({"scoreboard":{"games":[{"score":3,"id":"1"}]}})");
}

TEST(StandInJsonTest, DropsAColumnOfEitherShape) {
  EXPECT_EQ(drop_column(kRows, "ID"),
            R"({"resultSets":[{"headers":["PTS"],"rowSet":[[100],[98]]}]})");
  EXPECT_EQ(drop_column(kGames, "score"), R"({"scoreboard":{"games":[{"gameId":"1"}]}})");
}

TEST(StandInJsonTest, SetsCellsToWhatJsonCannotSay) {
  EXPECT_EQ(set_cells(kRows, "PTS", "NaN"),
            R"({"resultSets":[{"headers":["ID","PTS"],"rowSet":[[1,NaN],[2,NaN]]}]})");
  EXPECT_EQ(set_cells(kGames, "score", "1e999"),
            R"({"scoreboard":{"games":[{"gameId":"1","score":1e999}]}})");
}

TEST(StandInJsonTest, EmptiesNarrowsAndDoubles) {
  EXPECT_EQ(without_rows(kRows), R"({"resultSets":[{"headers":["ID","PTS"],"rowSet":[]}]})");
  EXPECT_EQ(without_rows(kGames), R"({"scoreboard":{"games":[]}})");
  EXPECT_EQ(without_result_sets(kRows), R"({"resultSets":[]})");
  EXPECT_EQ(with_narrow_row(kRows),
            R"({"resultSets":[{"headers":["ID","PTS"],"rowSet":[[1],[2,98]]}]})");
  EXPECT_EQ(
      with_duplicate_rows(kRows),
      R"({"resultSets":[{"headers":["ID","PTS"],"rowSet":[[1,100],[2,98],[1,100],[2,98]]}]})");
}

TEST(StandInFaultTest, RefusesAnUnknownNameAndListsTheKnown) {
  try {
    named_fault("hangs");
    ADD_FAILURE() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("\n  hang\n"), std::string::npos);
  }
}

TEST(StandInFaultTest, ReadsHowOftenItApplies) {
  EXPECT_EQ(named_fault("reset").times, Fault::kAlways);
  EXPECT_EQ(named_fault("reset*2").times, 2);
  EXPECT_EQ(named_fault("status=503*12").times, 12);
}

TEST(StandInRequestTest, TakesARequestApart) {
  const auto parsed = parse_request(
      "GET /stats/teamgamelogs?Location=&SeasonType=Regular+Season&X=a%26b HTTP/1.1\r\n"
      "Host: h\r\nUser-Agent: me\r\n");
  EXPECT_TRUE(parsed.served);
  EXPECT_EQ(parsed.request.path, "teamgamelogs");
  EXPECT_EQ(parsed.request.key(), "teamgamelogs?Location=&SeasonType=Regular Season&X=a&b");
  EXPECT_EQ(parsed.headers.at("user-agent"), "me");
}

TEST(StandInRequestTest, TakesAProxysRequestApart) {
  const auto parsed = parse_request("GET http://h:1/cdn/a/b.json HTTP/1.1\r\n");
  EXPECT_EQ(parsed.target, "/cdn/a/b.json");
  EXPECT_EQ(parsed.request.host, Host::kCdn);
  EXPECT_EQ(parsed.request.path, "a/b.json");
}

}  // namespace
}  // namespace nbasync::testing
