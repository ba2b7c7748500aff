#include "store/run_log.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "engine_fixture.hpp"

namespace nbasync {
namespace {

class RunLogTest : public testing::EngineFixture {
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

  void write(const RunRecord& run) {
    connection_->transaction([&] { run_log::write(*connection_, run, {}); }, {});
  }
  std::optional<RunRecord> find(const std::string& id) {
    return run_log::find(*connection_, id, {});
  }
  std::vector<RunRecord> list(unsigned limit, const RunFilter& filter) {
    return run_log::list(*connection_, limit, filter, {});
  }
};

TEST_F(RunLogTest, AnEndIsNotInterruptedAfterwards) {
  write(run("a", "teams", RunStatus::kStarted));
  write(run("a", "teams", RunStatus::kInterrupted));
  EXPECT_EQ(find("a")->status, RunStatus::kInterrupted);
  write(run("a", "teams", RunStatus::kStarted));
  write(run("a", "teams", RunStatus::kSuccess));
  write(run("a", "teams", RunStatus::kInterrupted));
  EXPECT_EQ(find("a")->status, RunStatus::kSuccess);
}

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
  write(full);
  const auto read = find("a");
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
  write(run("a", "teams", RunStatus::kStarted));
  write(run("a", "teams", RunStatus::kSuccess));
  const auto runs = list(10, {});
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].status, RunStatus::kSuccess);
}

TEST_F(RunLogTest, ListIsNewestFirstFilteredAndWithoutSteps) {
  auto full = run("a", "full", RunStatus::kSuccess);
  full.steps = {run("a/teams", "teams", RunStatus::kSuccess)};
  write(full);
  write(run("b", "teams", RunStatus::kFailed));
  write(run("c", "teams", RunStatus::kSuccess));
  const auto ids = [&](unsigned limit, const RunFilter& filter) {
    std::string text;
    for (const auto& each : list(limit, filter)) text += each.run_id;
    return text;
  };
  EXPECT_EQ(ids(10, {}), "cba");
  EXPECT_EQ(ids(2, {}), "cb");
  EXPECT_EQ(ids(10, {"teams", ""}), "cb");
  EXPECT_EQ(ids(10, {"", "success"}), "ca");
  EXPECT_EQ(ids(10, {"teams", "success"}), "c");
}

TEST_F(RunLogTest, RowsThatACrashLeftStartedAreFoundButNotAPredecessors) {
  write(run("a", "teams", RunStatus::kStarted));
  write(run("b", "teams", RunStatus::kSuccess));
  connection_->run(
      "INSERT INTO data_sync_log (run_id, sync_type, status) VALUES ('old', 'teams', 'started')",
      {}, {});
  const auto open = run_log::open_rows(*connection_, {});
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].run_id, "a");
  EXPECT_EQ(find("old")->status, RunStatus::kInterrupted) << "nobody will end it";
}

TEST_F(RunLogTest, LastSuccessCountsStepsOfFullRuns) {
  auto full = run("a", "full", RunStatus::kFailed);
  full.steps = {run("a/teams", "teams", RunStatus::kSuccess),
                run("a/schedule", "schedule", RunStatus::kFailed)};
  write(full);
  const auto times = run_log::last_success(*connection_, "2025-26", {});
  EXPECT_EQ(times.size(), 1U);
  EXPECT_EQ(times.at("teams"), *parse_utc("2025-12-01T17:32:22.625Z"));
}

TEST_F(RunLogTest, LastSuccessIsOfOneSeasonAndOfRowsThatNameNone) {
  auto old = run("a", "teams", RunStatus::kSuccess);
  old.season = "2019-20";
  write(old);
  EXPECT_TRUE(run_log::last_success(*connection_, "2025-26", {}).empty());
  EXPECT_EQ(run_log::last_success(*connection_, "2019-20", {}).size(), 1U);
  old.run_id = "b";
  old.sync_type = "schedule";
  old.season.clear();
  write(old);
  EXPECT_EQ(run_log::last_success(*connection_, "2025-26", {}).count("schedule"), 1U);
}

TEST_F(RunLogTest, LastSuccessIsTheLastOneAlsoAfterAClockThatWasWrong) {
  auto ahead = run("a", "teams", RunStatus::kSuccess);
  ahead.completed_at = parse_utc("2026-01-01T00:00:00Z");
  write(ahead);
  write(run("b", "teams", RunStatus::kSuccess));
  EXPECT_EQ(run_log::last_success(*connection_, "2025-26", {}).at("teams"),
            *parse_utc("2025-12-01T17:32:22.625Z"));
}

TEST_F(RunLogTest, TimesOfThePredecessorAreUnderstood) {
  tell(
      "INSERT INTO data_sync_log (run_id, sync_type, status, started_at, completed_at) VALUES "
      "('legacy-1', 'teams', 'success', '2025-11-30 10:00:00.123456', "
      "'2025-11-30T10:00:05+00:00')");
  const auto read = find("legacy-1");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->started_at, *parse_utc("2025-11-30T10:00:00.123Z"));
  EXPECT_EQ(read->completed_at, *parse_utc("2025-11-30T10:00:05Z"));
}

TEST_F(RunLogTest, TextsAreBoundedWhereTheyAreKeptAndWhereTheyAreRead) {
  const std::string kLong(20'000'000, 'x');
  auto run = this->run("a", "teams", RunStatus::kFailed);
  run.error_message = kLong;
  write(run);
  const auto most = kLongestMessage + std::string("…").size();
  std::int64_t kept = 0;
  connection_->each("SELECT length(error_message) FROM data_sync_log", {},
                    [&](const Row& row) { kept = to_integer(row[0]); }, {});
  EXPECT_EQ(kept, kLongestMessage + 1) << "characters";
  const Value values[] = {"\x1b" + kLong};
  connection_->run("UPDATE data_sync_log SET error_message = $1", values, {});
  const auto read = find("a")->error_message;
  EXPECT_TRUE(read.starts_with("\\x1bxxx"));
  EXPECT_LE(read.size(), most);
}

TEST_F(RunLogTest, UnknownRunIsNotFound) { EXPECT_FALSE(find("nobody")); }

TEST_F(RunLogTest, LogThatCannotBeReadIsAnErrorThatNamesIt) {
  connection_->run("DROP TABLE data_sync_log", {}, {});
  EXPECT_THROW(list(1, {}), Error);
}

}  // namespace
}  // namespace nbasync
