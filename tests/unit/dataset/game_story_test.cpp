#include "dataset/game_story.hpp"

#include <gmock/gmock.h>

#include "support/decoding.hpp"

namespace nbasync::game_story_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* kGame = "0022500001";
constexpr std::int64_t kHome = 1;
constexpr std::int64_t kAway = 2;

TEST(ReadStatusTest, TextSpeaksFirst) {
  const auto read = [](std::optional<std::int64_t> code, const char* text) {
    return std::string(read_status(code, text).value_or("unknown"));
  };
  EXPECT_EQ(read(2, "Final"), "final") << "seen six times";
  EXPECT_EQ(read(1, "  FINAL/OT2 "), "final");
  EXPECT_EQ(read(1, "PPD"), "postponed");
  EXPECT_EQ(read(3, "Postponed"), "postponed");
  EXPECT_EQ(read(1, "Canceled"), "cancelled");
  EXPECT_EQ(read(1, "cancelled"), "cancelled");
  EXPECT_EQ(read(2, "Suspended"), "suspended");
  EXPECT_EQ(read(2, "Delayed"), "scheduled");
  EXPECT_EQ(read(1, "TBD"), "scheduled");
  EXPECT_EQ(read(1, "7:30 pm ET   "), "scheduled");
  EXPECT_EQ(read(2, "Q3 4:10"), "live");
  EXPECT_EQ(read(3, ""), "final");
  EXPECT_EQ(read(9, "?"), "unknown");
  EXPECT_EQ(read({}, ""), "unknown");
}

class GameStoryTest : public ::testing::Test {
 protected:
  // As the table games has it, begun at this time before now.
  StoredGame& stored(const std::string& status, hours ago = hours{3}) {
    auto game = testing::stored_game(status, kHome, kAway, kDate);
    game.time_utc = format_utc(facts_.now - ago);
    if (status == "final") {
      game.home_score = 100;
      game.away_score = 90;
    }
    return facts_.games[kGame] = game;
  }
  void board(std::int64_t code, const std::string& text, std::int64_t home, std::int64_t away) {
    facts_.board[kGame] = {kDate, code, text, home, away};
  }
  void logs(std::int64_t home, std::int64_t away) {
    facts_.logs[kGame] = {{{kHome, home}, {kAway, away}}, true};
  }
  std::string after(Teller teller, const std::string& status, std::optional<std::int64_t> home = {},
                    std::optional<std::int64_t> away = {}, const std::string& date = kDate) {
    claims_.clear();
    const auto story = settle(kGame, teller, {status, home, away}, date, facts_, claims_);
    const auto score = [](const std::optional<std::int64_t>& points) {
      return points ? std::to_string(*points) : "-";
    };
    return story.status + ' ' + score(story.home_score) + ':' + score(story.away_score);
  }
  // What was claimed is remembered, and time passes.
  void remember(minutes later) {
    for (const auto& [about, claim] : claims_)
      facts_.remembered[about] = {{}, claim, facts_.now, 1};
    facts_.now += later;
  }

  inline static const std::string kDate = "2026-01-15";
  SeasonFacts facts_ = testing::new_season();
  std::vector<Claim> claims_;
};

TEST_F(GameStoryTest, WithinOneTellerTheNewestWordHolds) {
  EXPECT_EQ(after(Teller::kBySchedule, "scheduled", 0, 0), "scheduled -:-");
  stored("scheduled");
  EXPECT_EQ(after(Teller::kBySchedule, "live", 10, 12), "live 10:12");
  stored("live");
  EXPECT_EQ(after(Teller::kByBoard, "scheduled", 0, 0), "scheduled -:-") << "a false start";
  stored("postponed");
  EXPECT_EQ(after(Teller::kBySchedule, "scheduled", 0, 0), "scheduled -:-");
}

TEST_F(GameStoryTest, BetweenTellersTheLaterStateHolds) {
  stored("live");
  board(3, "Final", 101, 99);
  EXPECT_EQ(after(Teller::kBySchedule, "live", 60, 50), "final 101:99");
  board(2, "Q3 4:10", 60, 55);
  EXPECT_EQ(after(Teller::kBySchedule, "scheduled", 0, 0), "live 60:55");
  EXPECT_EQ(after(Teller::kBySchedule, "final", 102, 99), "final 102:99");
  logs(103, 99);
  EXPECT_EQ(after(Teller::kBySchedule, "final", 102, 99), "final 103:99") << "the logs' score";
  EXPECT_EQ(after(Teller::kByBoard, "live", 60, 55), "final 103:99");
}

TEST_F(GameStoryTest, WhatDoesNotTakePlaceIsAboveLiveAndBelowFinal) {
  for (const auto* off : {"Postponed", "Cancelled", "Suspended"}) {
    const std::string status(*read_status(1, off));
    stored("scheduled");
    board(1, off, 0, 0);
    EXPECT_EQ(after(Teller::kBySchedule, "live", 60, 50), status + " -:-");
    EXPECT_EQ(after(Teller::kBySchedule, "final", 101, 99), "final 101:99") << off;
    facts_.board.clear();
    stored("final", hours{30});
    EXPECT_EQ(after(Teller::kBySchedule, status), status + " -:-") << "by a word that says so";
  }
}

TEST_F(GameStoryTest, AGameThatIsPutOffHasNoScoreUntilItHasANewDay) {
  stored("scheduled");
  board(1, "PPD", 0, 0);
  EXPECT_EQ(after(Teller::kBySchedule, "scheduled", 0, 0), "postponed -:-");
  EXPECT_EQ(after(Teller::kBySchedule, "scheduled", 0, 0, "2026-02-01"), "scheduled -:-");
  facts_.board.clear();
  stored("postponed");
  EXPECT_EQ(after(Teller::kByBoard, "scheduled", 0, 0), "postponed -:-");
  EXPECT_EQ(after(Teller::kByBoard, "live", 4, 2), "postponed -:-") << "an old copy";
  EXPECT_EQ(after(Teller::kByBoard, "live", 4, 2, "2026-02-01"), "live 4:2");
}

TEST_F(GameStoryTest, WhoIsLiveForHoursWithoutNewsIsNotBelieved) {
  stored("live", hours{7});
  board(2, "Q3 4:10", 60, 55);
  EXPECT_EQ(after(Teller::kBySchedule, "scheduled", 0, 0), "scheduled -:-");
  stored("live", hours{5});
  EXPECT_EQ(after(Teller::kBySchedule, "scheduled", 0, 0), "live 60:55");
}

TEST_F(GameStoryTest, FinalIsFinal) {
  stored("final", hours{30});
  EXPECT_EQ(after(Teller::kBySchedule, "live", 60, 50), "final 100:90");
  EXPECT_EQ(after(Teller::kBySchedule, "scheduled", 0, 0), "final 100:90");
  EXPECT_TRUE(claims_.empty()) << "no claim counts a day later";
  EXPECT_EQ(after(Teller::kBySchedule, "postponed"), "postponed -:-") << "by a word that says so";
  EXPECT_EQ(after(Teller::kBySchedule, "final", 101, 90), "final 101:90") << "a correction";
  facts_.force = true;
  EXPECT_EQ(after(Teller::kBySchedule, "live", 60, 50), "live 60:50");
}

TEST_F(GameStoryTest, AFalseFinalIsTakenBackByTwoAnswersOfOneTeller) {
  stored("final", hours{2});
  EXPECT_EQ(after(Teller::kByBoard, "live", 60, 50), "final 100:90");
  remember(minutes{9});
  EXPECT_EQ(after(Teller::kByBoard, "live", 62, 50), "final 100:90") << "not ten minutes apart";
  facts_.now += minutes{2};
  EXPECT_EQ(after(Teller::kBySchedule, "live", 62, 50), "final 100:90") << "of another teller";
  EXPECT_EQ(after(Teller::kByBoard, "live", 62, 50), "live 62:50");
  ASSERT_EQ(claims_.size(), 1U);
  EXPECT_EQ(claims_[0].claim, "");
}

TEST_F(GameStoryTest, ADayAfterTheTipOffAFinalIsNotTakenBackByTwoAnswers) {
  stored("final", hours{23});
  EXPECT_EQ(after(Teller::kByBoard, "live", 60, 50), "final 100:90");
  ASSERT_EQ(claims_.size(), 1U);
  remember(minutes{60});
  EXPECT_EQ(after(Teller::kByBoard, "live", 60, 50), "final 100:90");
  EXPECT_TRUE(claims_.empty());
}

}  // namespace
}  // namespace nbasync::game_story_test
