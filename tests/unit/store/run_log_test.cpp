#include "store/run_log.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"
#include "store/store.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

class RunLogTest : public ::testing::Test {
 protected:
  static RunRecord run(const std::string& id, const std::string& type, RunStatus status) {
    RunRecord run;
    run.run_id = id;
    run.sync_type = type;
    run.season = "2025-26";
    run.status = status;
    run.triggered_by = "dbus";
    run.requested_at = run.started_at = parse_utc("2025-12-01T17:30:00.125Z");
    if (status != RunStatus::kStarted) run.completed_at = parse_utc("2025-12-01T17:32:22.625Z");
    return run;
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "nba_data.db";
  Store store_{path_, {}};
  RunLog log_{path_};
};

TEST_F(RunLogTest, RunWithItsStepsReadsBackAsItWasWritten) {
  auto full = run("a", "full", RunStatus::kFailed);
  full.duration_seconds = 142.5;
  full.thread_id = 17;
  full.inserted = 3;
  full.bytes_received = 4096;
  full.error_code = "upstream-timeout";
  full.error_message = "step teams: no answer";
  full.steps = {run("a/teams", "teams", RunStatus::kSuccess),
                run("a/schedule", "schedule", RunStatus::kFailed)};
  log_.write(full);
  const auto read = log_.find("a");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->status, RunStatus::kFailed);
  EXPECT_EQ(read->started_at, full.started_at);
  EXPECT_EQ(read->completed_at, full.completed_at);
  EXPECT_EQ(read->duration_seconds, 142.5);
  EXPECT_EQ(read->thread_id, 17);
  EXPECT_EQ(read->bytes_received, 4096);
  EXPECT_EQ(read->error_message, "step teams: no answer");
  ASSERT_EQ(read->steps.size(), 2U);
  EXPECT_EQ(read->steps[1].sync_type, "schedule");
}

TEST_F(RunLogTest, EndOfARunRewritesItsRow) {
  log_.write(run("a", "teams", RunStatus::kStarted));
  log_.write(run("a", "teams", RunStatus::kSuccess));
  const auto runs = log_.list(10, {});
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].status, RunStatus::kSuccess);
}

TEST_F(RunLogTest, ListIsNewestFirstFilteredAndWithoutSteps) {
  auto full = run("a", "full", RunStatus::kSuccess);
  full.steps = {run("a/teams", "teams", RunStatus::kSuccess)};
  log_.write(full);
  log_.write(run("b", "teams", RunStatus::kFailed));
  log_.write(run("c", "teams", RunStatus::kSuccess));
  const auto ids = [&](unsigned limit, const RunFilter& filter) {
    std::string text;
    for (const auto& each : log_.list(limit, filter)) text += each.run_id;
    return text;
  };
  EXPECT_EQ(ids(10, {}), "cba");
  EXPECT_EQ(ids(2, {}), "cb");
  EXPECT_EQ(ids(10, {"teams", ""}), "cb");
  EXPECT_EQ(ids(10, {"", "success"}), "ca");
  EXPECT_EQ(ids(10, {"teams", "success"}), "c");
}

TEST_F(RunLogTest, RowsThatACrashLeftStartedBecomeInterrupted) {
  log_.write(run("a", "teams", RunStatus::kStarted));
  log_.write(run("b", "teams", RunStatus::kSuccess));
  EXPECT_EQ(log_.close_interrupted(*parse_utc("2025-12-02T00:00:00Z")), 1);
  EXPECT_EQ(log_.find("a")->status, RunStatus::kInterrupted);
  EXPECT_FALSE(log_.find("a")->error_message.empty());
  EXPECT_EQ(log_.find("b")->status, RunStatus::kSuccess);
  EXPECT_EQ(log_.close_interrupted(*parse_utc("2025-12-02T00:00:00Z")), 0);
}

TEST_F(RunLogTest, LastSuccessCountsStepsOfFullRuns) {
  auto full = run("a", "full", RunStatus::kFailed);
  full.steps = {run("a/teams", "teams", RunStatus::kSuccess),
                run("a/schedule", "schedule", RunStatus::kFailed)};
  log_.write(full);
  const auto times = log_.last_success();
  EXPECT_EQ(times.size(), 1U);
  EXPECT_EQ(times.at("teams"), *parse_utc("2025-12-01T17:32:22.625Z"));
}

TEST_F(RunLogTest, TimesOfThePredecessorAreUnderstood) {
  SQLite::Database(path_, SQLite::OPEN_READWRITE)
      .exec(
          "INSERT INTO data_sync_log (run_id, sync_type, status, started_at, completed_at) VALUES "
          "('legacy-1', 'teams', 'success', '2025-11-30 10:00:00.123456', "
          "'2025-11-30T10:00:05+00:00')");
  const auto read = log_.find("legacy-1");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->started_at, *parse_utc("2025-11-30T10:00:00.123Z"));
  EXPECT_EQ(read->completed_at, *parse_utc("2025-11-30T10:00:05Z"));
}

TEST_F(RunLogTest, UnknownRunIsNotFound) { EXPECT_FALSE(log_.find("nobody")); }

TEST_F(RunLogTest, LogThatCannotBeReadIsAnErrorThatNamesIt) {
  RunLog missing(directory_.path() / "missing.db");
  EXPECT_THROW(missing.list(1, {}), Error);
}

}  // namespace
}  // namespace nbasync
