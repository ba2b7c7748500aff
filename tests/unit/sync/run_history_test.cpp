#include "sync/run_history.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "store/run_log.hpp"
#include "store/store.hpp"
#include "support/test_engine.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using ::testing::ElementsAre;

class RunHistoryTest : public ::testing::Test {
 protected:
  static constexpr const char* kSeason = "2025-26";

  RunHistoryTest() { options_.freshness = {{"teams", hours(1)}}; }

  RunRecord success(const std::string& id, SystemTime at) const {
    RunRecord run;
    run.run_id = id;
    run.sync_type = "teams";
    run.season = kSeason;
    run.status = RunStatus::kSuccess;
    run.requested_at = run.started_at = run.completed_at = at;
    return run;
  }
  void write(const RunRecord& run) {
    connection_->transaction([&] { run_log::write(*connection_, run, {}); }, {});
  }
  protocol::DatasetState teams(const RunHistory& history) const {
    const auto states = history.datasets(kSeason, now_, options_);
    return *std::ranges::find(states, "teams", &protocol::DatasetState::name);
  }
  static std::vector<std::string> ids(const RunHistory& history) {
    std::vector<std::string> result;
    for (const auto& run : history.recent()) result.push_back(run.run_id);
    return result;
  }

  testing::NewPlace place_;
  ServiceOptions options_;
  SystemTime now_ = *parse_utc("2026-01-15T12:00:00Z");
  testing::TestDatabase database_{place_.name()};
  Store store_{database_};
  std::unique_ptr<Connection> connection_ = database_.connect_writer();
};

TEST_F(RunHistoryTest, ARunThatIsBegunAnewIsThereOnceAsItEndedLast) {
  auto begun = success("a", now_);
  begun.status = RunStatus::kStarted;
  begun.completed_at.reset();
  write(begun);
  RunHistory history(*connection_, kSeason, now_);
  history.add(success("b", now_));
  EXPECT_THAT(ids(history), ElementsAre("b", "a"));
  history.add(success("a", now_));
  EXPECT_THAT(ids(history), ElementsAre("a", "b"));
  EXPECT_EQ(history.recent().front().status, RunStatus::kSuccess);
}

TEST_F(RunHistoryTest, WhatIsOlderThanItMayBeIsStale) {
  RunHistory history(*connection_, kSeason, now_);
  EXPECT_TRUE(teams(history).stale) << "never";
  history.add(success("a", now_ - hours(2)));
  EXPECT_TRUE(teams(history).stale);
  history.add(success("b", now_ - seconds(10)));
  EXPECT_FALSE(teams(history).stale);
  EXPECT_EQ(teams(history).age_seconds, 10);
}

// A clock that was wrong: "fresh" until then would be next month.
TEST_F(RunHistoryTest, TheFutureIsNeverFresh) {
  write(success("a", now_ + hours(24 * 30)));
  RunHistory history(*connection_, kSeason, now_);
  EXPECT_TRUE(teams(history).stale);
  EXPECT_EQ(teams(history).last_success, now_ + hours(24 * 30)) << "shown as what it is";
  EXPECT_FALSE(teams(history).age_seconds);
  history.add(success("b", now_ + seconds(30)));
  EXPECT_FALSE(teams(history).stale) << "clocks are put right by a little all the time";
  EXPECT_EQ(teams(history).age_seconds, 0);
  history.add(success("c", now_));
  EXPECT_FALSE(teams(history).stale) << "of the clock that is right again";
}

TEST_F(RunHistoryTest, ARunOfAnotherSeasonMakesNothingFresh) {
  RunHistory history(*connection_, kSeason, now_);
  auto old = success("a", now_);
  old.season = "2019-20";
  history.add(old);
  write(old);
  EXPECT_TRUE(teams(history).stale);
  EXPECT_FALSE(teams(history).last_success);
  EXPECT_TRUE(teams(RunHistory(*connection_, kSeason, now_)).stale) << "nor after a restart";
  EXPECT_FALSE(history.datasets("2019-20", now_, options_).front().stale)
      << "it is known when that season comes in force";
}

TEST_F(RunHistoryTest, AnotherFileIsAnotherHistory) {
  RunHistory history(*connection_, kSeason, now_);
  history.add(success("before", now_));
  history.forget();
  EXPECT_TRUE(teams(history).stale);
  EXPECT_TRUE(history.recent().empty());
  history.add(success("since", now_ - seconds(1)));
  write(success("old", now_ - hours(5)));
  write(success("runs", now_ - hours(5)));
  write(success("since", now_ - seconds(1)));
  const RunHistory read(*connection_, kSeason, now_);
  history.add_older(read, [](const std::string& id) { return id == "runs"; });
  EXPECT_THAT(ids(history), ElementsAre("since", "old"));
  EXPECT_EQ(teams(history).age_seconds, 1);
}

}  // namespace
}  // namespace nbasync
