#include <gmock/gmock.h>

#include <filesystem>
#include <functional>

#include "net/file_fetcher.hpp"
#include "support/fake_clock.hpp"
#include "support/open_store.hpp"
#include "sync/cancellation.hpp"
#include "sync/dataset_step.hpp"
#include "sync/sync_runner.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;

// What a full run says of what is stored, after its steps: the eighth guard.
class SeasonCheckTest : public ::testing::Test {
 protected:
  // A run over the demo season as it stands on that day.
  RunRecord run(const std::string& day, const std::string& type = "full", bool dry_run = false) {
    clock_.set_wall(*parse_utc(day + "T12:00:00Z"));
    return run_of(day, type, dry_run);
  }
  // One over an edition of it, at any time.
  RunRecord run_of(const std::string& edition, const std::string& type = "full",
                   bool dry_run = false) {
    const auto folder = std::filesystem::path(NBASYNC_DEMO) / edition;
    FileFetcher fetcher(folder, folder, 32 << 20);
    ServiceOptions options;
    options.season = "2025-26";
    DatasetPlanner planner(store_, fetcher, options);
    SyncRunner runner(store_, lock_, clock_, [&](const SyncJob& job) {
      auto plan = planner.plan(job);
      plan_(plan);
      return plan;
    });
    SyncJob job;
    job.run_id = "run";
    job.request.sync_type = type;
    job.request.season = "2025-26";
    job.request.dry_run = dry_run;
    job.started_at = clock_.wall();
    const Cancellation cancel;
    return runner.run(job, cancel, {[](const auto&) {}, [](const auto&) {}});
  }
  void tell(const std::string& sql) const { testing::execute(place_.name(), sql); }

  std::function<void(RunPlan&)> plan_ = [](RunPlan&) {};
  testing::NewPlace place_;
  testing::FakeClock clock_;
  testing::TestLock lock_{place_.name()};
  testing::OpenStore store_{place_.name()};
};

TEST_F(SeasonCheckTest, WholeSeasonHasNothingToSayOnAnyDay) {
  for (const auto* day : {"2025-12-01", "2026-04-12", "2026-05-07"}) {
    const auto ended = run(day);
    EXPECT_EQ(ended.status, RunStatus::kSuccess) << ended.error_message;
    EXPECT_EQ(ended.note, "") << day;
    ASSERT_NE(ended.checks, nullptr);
    for (const auto& answer : *ended.checks) {
      EXPECT_EQ(answer.status, CheckStatus::kOk)
          << day << ' ' << answer.check << ' ' << answer.text;
    }
  }
}

// As config/demo.sh shows it: by the clock of whoever tries it.
TEST_F(SeasonCheckTest, TheDemoHasNothingToSayWhateverTheClock) {
  for (const auto* now : {"2026-01-15", "2026-11-29"}) {
    clock_.set_wall(*parse_utc(std::string(now) + "T12:00:00Z"));
    const auto ended = run_of("season");
    EXPECT_EQ(ended.status, RunStatus::kSuccess) << now << ' ' << ended.error_message;
    EXPECT_EQ(ended.note, "") << now;
  }
}

TEST_F(SeasonCheckTest, WhatDoesNotFitIsANoteOfTheRun) {
  EXPECT_EQ(run("2026-04-12").note, "");
  plan_ = [this](RunPlan& plan) {
    plan.check = [this, check = plan.check](SystemTime now, const std::stop_token& stop) {
      tell("UPDATE games SET away_score = 1 WHERE id = '0022500001'");
      return check(now, stop);
    };
  };
  const auto ended = run("2026-04-12");
  EXPECT_EQ(ended.status, RunStatus::kSuccess) << "it is no failure";
  EXPECT_THAT(ended.note, HasSubstr("final-scores: finals whose lines do not add up to the score: "
                                    "0022500001 ("));
}

TEST_F(SeasonCheckTest, OnlyAFullRunThatStoresCompares) {
  EXPECT_EQ(run("2026-04-12", "teams").checks, nullptr);
  EXPECT_EQ(run("2026-04-12", "full", true).checks, nullptr);
}

TEST_F(SeasonCheckTest, AComparisonThatFailsIsNoFailureOfTheRun) {
  plan_ = [](RunPlan& plan) {
    plan.check = [](SystemTime, const std::stop_token&) -> CheckAnswers {
      throw Error(Errc::kStorage, "database: no such table");
    };
  };
  const auto ended = run("2026-04-12");
  EXPECT_EQ(ended.status, RunStatus::kSuccess);
  EXPECT_EQ(ended.note, "what is stored was not compared: database: no such table");
  EXPECT_EQ(ended.checks, nullptr);
}

}  // namespace
}  // namespace nbasync
