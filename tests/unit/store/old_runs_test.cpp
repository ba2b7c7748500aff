#include "store/old_runs.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "base/format.hpp"
#include "engine_fixture.hpp"
#include "store/run_log.hpp"

namespace nbasync {
namespace {

using ::testing::Each;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr unsigned kAll = 1'000'000;

class OldRunsTest : public testing::EngineFixture {
 protected:
  // Of one day each, the first one on 1 January 2026.
  void run(const std::string& id, const std::string& type, int day, RunStatus status) {
    auto run = record(id, type, day, status);
    if (type == "full") run.steps = {record(id + "/teams", "teams", day, status)};
    connection_->transaction([&] { run_log::write(*connection_, run, {}); }, {});
  }
  static RunRecord record(const std::string& id, const std::string& type, int day,
                          RunStatus status) {
    RunRecord run;
    run.run_id = id;
    run.sync_type = type;
    run.status = status;
    run.requested_at = run.started_at = run.completed_at = time(day);
    return run;
  }
  static SystemTime time(int day) {
    return *parse_utc("2026-01-01T00:00:00Z") + std::chrono::hours{24} * day;
  }
  void remove_before(int day) {
    connection_->transaction([&] { old_runs::remove(*connection_, time(day), {}); }, {});
  }
  std::vector<std::string> runs(const std::string& type) {
    std::vector<std::string> ids;
    for (const auto& run : run_log::list(*connection_, kAll, {type, ""}, {})) {
      ids.push_back(run.run_id);
    }
    return ids;
  }
  std::int64_t rows() {
    std::int64_t count = 0;
    connection_->each("SELECT count(*) FROM data_sync_log", {},
                      [&](const Row& row) { count = to_integer(row[0]); }, {});
    return count;
  }
};

TEST_F(OldRunsTest, WhatIsOldGoesWithItsStepsAndTheLastOfEachTypeStay) {
  for (int day = 0; day < 50; ++day) run(format("full-{}", day), "full", day, RunStatus::kSuccess);
  for (int day = 0; day < 5; ++day) run(format("one-{}", day), "schedule", day, RunStatus::kFailed);
  remove_before(10);
  EXPECT_THAT(runs("full"), SizeIs(40));
  EXPECT_EQ(runs("full").back(), "full-10");
  EXPECT_EQ(rows(), 40 * 2 + 5);
  remove_before(1'000);
  EXPECT_THAT(runs("full"), SizeIs(20)) << "the last ones stay, however old they are";
  EXPECT_EQ(runs("full").front(), "full-49");
  EXPECT_THAT(runs("schedule"), SizeIs(5));
  EXPECT_EQ(rows(), 20 * 2 + 5);
}

TEST_F(OldRunsTest, TheLastSuccessOfATypeStaysAlsoAsAStepOfAFullRun) {
  run("good", "full", 0, RunStatus::kSuccess);
  for (int day = 1; day < 40; ++day) run(format("bad-{}", day), "full", day, RunStatus::kFailed);
  remove_before(1'000);
  EXPECT_EQ(runs("full").back(), "good");
  EXPECT_THAT(runs("full"), SizeIs(21));
  EXPECT_EQ(run_log::last_success(*connection_, "2025-26", {}).at("teams"), time(0));
}

TEST_F(OldRunsTest, WhatWasThereBeforeStays) {
  for (int day = 0; day < 30; ++day) run(format("old-{}", day), "teams", day, RunStatus::kSuccess);
  connection_->run("DELETE FROM nbasync_meta WHERE key = 'log_kept_to'", {}, {});
  old_runs::keep_what_is_there(*connection_);
  for (int day = 30; day < 60; ++day) run(format("new-{}", day), "teams", day, RunStatus::kSuccess);
  old_runs::keep_what_is_there(*connection_);
  remove_before(1'000);
  const auto left = runs("teams");
  EXPECT_THAT(left, SizeIs(50));
  EXPECT_THAT((std::vector(left.begin(), left.begin() + 20)), Each(StartsWith("new-")));
  EXPECT_THAT((std::vector(left.begin() + 20, left.end())), Each(StartsWith("old-")));
}

TEST_F(OldRunsTest, ALongHistoryGoesInSteps) {
  connection_->transaction(
      [&] {
        for (int i = 0; i < 250; ++i) {
          run_log::write(*connection_, record(format("{}", i), "teams", 0, RunStatus::kSuccess),
                         {});
        }
      },
      {});
  remove_before(1'000);
  EXPECT_THAT(runs("teams"), SizeIs(150));
  remove_before(1'000);
  remove_before(1'000);
  EXPECT_THAT(runs("teams"), SizeIs(20));
}

TEST_F(OldRunsTest, WhatHasNotEndedStays) {
  run("open", "teams", 0, RunStatus::kSuccess);
  connection_->run("UPDATE data_sync_log SET status = 'started', completed_at = NULL", {}, {});
  for (int day = 1; day < 30; ++day) run(format("{}", day), "teams", day, RunStatus::kSuccess);
  remove_before(1'000);
  EXPECT_EQ(runs("teams").back(), "open");
}

}  // namespace
}  // namespace nbasync
