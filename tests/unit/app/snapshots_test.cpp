#include "app/snapshots.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <vector>

#include "db/read_pool.hpp"
#include "store/store.hpp"
#include "support/fake_clock.hpp"
#include "support/manual_executor.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_engine.hpp"
#include "timer/tick.hpp"

namespace nbasync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// It is 12:00 UTC on 2026-01-15.
class SnapshotsTest : public ::testing::Test {
 protected:
  SnapshotsTest() {
    config_.directory = folder_.path() / "kept";
    config_.cron = Cron("30 * * * *");
  }

  void pass(Duration time) {
    clock_.advance(time);
    wheel_.advance(to_tick(clock_.steady()));
  }

  std::vector<std::string> made() const {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(*config_.directory, ignored)) {
      if (entry.path().extension() == ".db") names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }

  NewPlace place_;
  TestDatabase database_{place_.name()};
  Store store_{database_};
  TemporaryDirectory folder_;
  FakeClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  ManualExecutor executor_;
  ReadPool readers_{executor_, database_, 1};
  SnapshotsConfig config_;
  bool ours_ = true;
  std::optional<std::string> problem_;
  Snapshots snapshots_{{wheel_, clock_, readers_, [this] { return ours_; },
                        [] { return std::string("2025-26"); },
                        [this](const std::optional<Error>& why) {
                          problem_ = why ? std::optional<std::string>(why->what()) : std::nullopt;
                        }}};
};

TEST_F(SnapshotsTest, AreMadeWhenTheirTimeComes) {
  snapshots_.load(config_);
  pass(std::chrono::minutes(29));
  EXPECT_EQ(executor_.jobs(), 0U);
  pass(std::chrono::minutes(1));
  ASSERT_EQ(executor_.jobs(), 1U) << "on a thread that reads";
  executor_.drain();
  EXPECT_THAT(made(), ElementsAre("nbasync-20260115T123000Z.db"));
  pass(std::chrono::hours(1));
  executor_.drain();
  EXPECT_THAT(made(), ElementsAre("nbasync-20260115T123000Z.db", "nbasync-20260115T133000Z.db"));
}

TEST_F(SnapshotsTest, WithoutADirectoryThereAreNone) {
  snapshots_.load({});
  pass(std::chrono::hours(24));
  EXPECT_EQ(executor_.jobs(), 0U);
}

TEST_F(SnapshotsTest, OneAtATime) {
  config_.cron = Cron("* * * * *");
  snapshots_.load(config_);
  pass(std::chrono::minutes(1));
  pass(std::chrono::minutes(1));
  EXPECT_EQ(executor_.jobs(), 1U);
  executor_.drain();
  pass(std::chrono::minutes(1));
  EXPECT_EQ(executor_.jobs(), 1U) << "it goes on";
}

TEST_F(SnapshotsTest, OfSeveralDaemonsTheOneWithTheLockMakesThem) {
  ours_ = false;
  snapshots_.load(config_);
  pass(std::chrono::hours(1));
  EXPECT_EQ(executor_.jobs(), 0U);
  ours_ = true;
  pass(std::chrono::hours(1));
  EXPECT_EQ(executor_.jobs(), 1U);
}

TEST_F(SnapshotsTest, AFailureIsAProblemUntilTheNextIsThere) {
  std::ofstream(*config_.directory) << "in the way";
  snapshots_.load(config_);
  pass(std::chrono::hours(1));
  executor_.drain();
  ASSERT_TRUE(problem_);
  EXPECT_THAT(*problem_, HasSubstr(config_.directory->string() + ": Not a directory"));
  std::filesystem::remove(*config_.directory);
  pass(std::chrono::hours(1));
  executor_.drain();
  EXPECT_FALSE(problem_);
  EXPECT_EQ(made().size(), 1U);
}

TEST_F(SnapshotsTest, AnotherConfigurationIsInForceAtOnceAndForgetsTheProblem) {
  std::ofstream(*config_.directory) << "in the way";
  snapshots_.load(config_);
  pass(std::chrono::hours(1));
  executor_.drain();
  ASSERT_TRUE(problem_);
  snapshots_.load({});
  EXPECT_FALSE(problem_);
  pass(std::chrono::hours(2));
  EXPECT_EQ(executor_.jobs(), 0U);
}

TEST_F(SnapshotsTest, AClockThatIsSetPlansAnew) {
  snapshots_.load(config_);
  clock_.set_wall(*parse_utc("2026-01-15T12:29:00Z"));
  snapshots_.clock_set();
  pass(std::chrono::minutes(1));
  EXPECT_EQ(executor_.jobs(), 1U);
}

// The timer that was armed before comes, and it is not yet time.
TEST_F(SnapshotsTest, AClockThatWentBackMakesNoneTooEarly) {
  snapshots_.load(config_);
  clock_.set_wall(*parse_utc("2026-01-15T11:40:00Z"));
  pass(std::chrono::minutes(30));
  EXPECT_EQ(executor_.jobs(), 0U);
  pass(std::chrono::minutes(20));
  EXPECT_EQ(executor_.jobs(), 1U);
}

TEST_F(SnapshotsTest, AfterAStopNoneIsMade) {
  snapshots_.load(config_);
  snapshots_.stop();
  pass(std::chrono::hours(2));
  EXPECT_EQ(executor_.jobs(), 0U);
}

}  // namespace
}  // namespace nbasync::testing
