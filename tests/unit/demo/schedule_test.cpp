#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "season_files.hpp"

namespace nbasync::testing {
namespace {

constexpr auto* kToday = "2026-04-12";

class DemoScheduleTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { all_ = new std::vector<Json>(read_schedule()); }
  static void TearDownTestSuite() { delete all_; }

  static std::vector<Json> ours() {
    std::vector<Json> games;
    std::copy_if(all_->begin(), all_->end(), std::back_inserter(games), is_ours);
    return games;
  }
  static std::string date(const Json& game) {
    return game.at("gameDateEst").get<std::string>().substr(0, 10);
  }
  static std::int64_t home(const Json& game) { return game["homeTeam"]["teamId"]; }
  static std::int64_t away(const Json& game) { return game["awayTeam"]["teamId"]; }

  inline static std::vector<Json>* all_ = nullptr;
};

TEST_F(DemoScheduleTest, Has1230GamesNumberedThrough) {
  std::set<std::string> ids;
  for (const auto& game : ours()) ids.insert(game["gameId"]);
  EXPECT_EQ(ids.size(), 1230U);
  EXPECT_EQ(*ids.begin(), "0022500001");
  EXPECT_EQ(*ids.rbegin(), "0022501230");
}

TEST_F(DemoScheduleTest, NumberOrderIsNotDateOrder) {
  const auto games = ours();
  const auto by_id = [](const Json& a, const Json& b) { return a["gameId"] < b["gameId"]; };
  EXPECT_FALSE(std::is_sorted(games.begin(), games.end(), by_id));
}

TEST_F(DemoScheduleTest, EveryTeamPlays41GamesAtHomeAnd41Away) {
  std::map<std::int64_t, int> at_home;
  std::map<std::int64_t, int> on_the_road;
  for (const auto& game : ours()) {
    ++at_home[home(game)];
    ++on_the_road[away(game)];
  }
  EXPECT_EQ(at_home.size(), 30U);
  for (const auto& [team, games] : at_home) EXPECT_EQ(games, 41) << team;
  for (const auto& [team, games] : on_the_road) EXPECT_EQ(games, 41) << team;
}

TEST_F(DemoScheduleTest, TeamsMeetTwoToFourTimes) {
  std::map<std::pair<std::int64_t, std::int64_t>, int> meetings;
  for (const auto& game : ours()) ++meetings[std::minmax({home(game), away(game)})];
  std::map<int, int> pairs;
  for (const auto& [pair, count] : meetings) ++pairs[count];
  // 15 x 15 across; in each conference 15 x 4 / 2 three times, 15 x 10 / 2 four times.
  EXPECT_EQ(pairs, (std::map<int, int>{{2, 225}, {3, 60}, {4, 150}}));
}

TEST_F(DemoScheduleTest, NobodyPlaysTwiceOnOneDay) {
  std::set<std::pair<std::string, std::int64_t>> seen;
  for (const auto& game : ours()) {
    EXPECT_TRUE(seen.emplace(date(game), home(game)).second) << game["gameId"];
    EXPECT_TRUE(seen.emplace(date(game), away(game)).second) << game["gameId"];
  }
  EXPECT_EQ(seen.begin()->first, "2025-10-21");
  EXPECT_EQ(seen.rbegin()->first, kToday);
}

TEST_F(DemoScheduleTest, TimesAreUtcWithDaylightSaving) {
  std::set<std::string> offsets;
  for (const auto& game : ours()) {
    const std::string eastern = game["gameDateTimeEst"];
    const std::string utc = game["gameDateTimeUTC"];
    const int ahead = (std::stoi(utc.substr(11, 2)) - std::stoi(eastern.substr(11, 2)) + 24) % 24;
    const bool summer = date(game) < "2025-11-02" || date(game) >= "2026-03-08";
    EXPECT_EQ(ahead, summer ? 4 : 5) << game["gameId"];
    EXPECT_EQ(eastern.substr(0, 10), date(game));
    EXPECT_EQ(game["gameTimeUTC"], "1900-01-01" + utc.substr(10));
  }
}

TEST_F(DemoScheduleTest, OnlyTheLastDayIsUnderWay) {
  std::map<int, int> today;
  for (const auto& game : ours()) {
    const int status = game["gameStatus"];
    if (date(game) == kToday) {
      ++today[status];
    } else {
      EXPECT_EQ(status, 3) << game["gameId"];
      EXPECT_NE(game["homeTeam"]["score"], game["awayTeam"]["score"]) << game["gameId"];
    }
  }
  EXPECT_EQ(today, (std::map<int, int>{{1, 1}, {2, 5}, {3, 9}}));
}

TEST_F(DemoScheduleTest, SomeGamesAreSpecial) {
  int neutral = 0;
  int cup = 0;
  for (const auto& game : ours()) {
    if (game["isNeutral"].get<bool>()) ++neutral;
    if (game["gameLabel"] == "Emirates NBA Cup") ++cup;
  }
  EXPECT_GE(neutral, 2);
  EXPECT_GE(cup, 4);
}

TEST_F(DemoScheduleTest, OtherLeaguesGamesAreAmongThem) {
  EXPECT_EQ(std::count_if(all_->begin(), all_->end(),
                          [](const Json& game) {
                            return !game["gameId"].get<std::string>().starts_with("00");
                          }),
            4);
  EXPECT_EQ(std::count_if(all_->begin(), all_->end(),
                          [](const Json& game) { return game["homeTeam"]["teamId"] == 0; }),
            1);
}

TEST_F(DemoScheduleTest, TheScoreboardAgreesWithTheSchedule) {
  std::map<std::string, Json> by_id;
  for (const auto& game : ours()) {
    if (date(game) == kToday) by_id[game["gameId"]] = game;
  }
  const Json board = read_json("todaysScoreboard_00.json").at("scoreboard");
  EXPECT_EQ(board["gameDate"], kToday);
  EXPECT_EQ(board["games"].size(), by_id.size());
  for (const auto& game : board["games"]) {
    const Json& planned = by_id.at(game["gameId"]);
    EXPECT_EQ(game["gameCode"], planned["gameCode"]);
    EXPECT_EQ(game["gameTimeUTC"], planned["gameDateTimeUTC"]);
    EXPECT_EQ(game["gameStatus"], planned["gameStatus"]);
    const bool clock = game["gameClock"].get<std::string>().starts_with("PT");
    EXPECT_EQ(clock, game["gameStatus"] != 3);
    EXPECT_EQ(game["gameStatus"] == 1, game["gameStatusText"] == "PPD");
    for (const auto* side : {"homeTeam", "awayTeam"}) {
      EXPECT_EQ(game[side]["teamId"], planned[side]["teamId"]);
      EXPECT_EQ(game[side]["score"], planned[side]["score"]);
      int points = 0;
      for (const auto& period : game[side]["periods"]) points += period["score"].get<int>();
      EXPECT_EQ(game[side]["score"], points) << game["gameId"];
    }
  }
}

}  // namespace
}  // namespace nbasync::testing
