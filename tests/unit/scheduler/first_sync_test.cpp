#include "scheduler/first_sync.hpp"

#include <gmock/gmock.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "db/lock_file.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_fetcher.hpp"
#include "support/manual_executor.hpp"
#include "support/sync_parts.hpp"
#include "support/temporary_directory.hpp"
#include "sync/describe_job.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr Filled kEmptyDatabase{true, false};
constexpr Filled kFilledDatabase{false, false};
constexpr Filled kHalfFilled{false, true};

// A first sync over a real service, whose runs end as the test says.
class FirstSyncTest : public ::testing::Test {
 protected:
  FirstSyncTest() {
    lock_.try_lock("daemon", clock_.wall());
    boot();
  }
  ~FirstSyncTest() override { executor_.drain(); }

  // A new process.
  void boot(OnStart on_start = OnStart::kIfEmpty) {
    executor_.drain();
    first_.reset();
    service_.reset();
    ServiceOptions options;
    options.season = "2025-26";
    options.on_start = on_start;
    const auto work = [this](const SyncJob& job, const Cancellation&, const RunObserver&) {
      return run(job);
    };
    service_ = std::make_unique<SyncService>(executor_, wheel_, clock_, work, parts_.log,
                                             parts_.readers, parts_.history(), options);
    decisions_ = std::make_unique<DecisionLog>(parts_.log, ScheduleRecords());
    first_ = std::make_unique<FirstSync>(wheel_, clock_, *service_, *decisions_,
                                         [this] { return paused_; });
  }

  RunRecord run(const SyncJob& job) {
    jobs_.push_back(job);
    auto run = record_of(job, RunStatus::kSuccess);
    run.thread_id = 1;
    run.completed_at = clock_.wall();
    for (const auto* dataset : datasets_of(kFullSync)) {
      RunRecord step = run;
      step.run_id += "/" + std::string(dataset->name);
      step.sync_type = dataset->name;
      if (step.sync_type == fails_) fail(step);
      run.steps.push_back(step);
    }
    if (!fails_.empty()) fail(run);
    return run;
  }
  static void fail(RunRecord& run) {
    run.status = RunStatus::kFailed;
    run.error_code = "upstream-status";
    run.error_message = "status 503";
  }

  void pass(Duration time) {
    for (; time.count() > 0; time -= seconds(1)) {
      clock_.advance(seconds(1));
      wheel_.advance(to_tick(clock_.steady()));
      executor_.drain();
    }
  }
  void begin(const Filled& filled) {
    first_->begin(filled);
    executor_.drain();
  }

  testing::TemporaryDirectory directory_;
  std::string database_ = directory_.path() / "nba_data.db";
  testing::FakeClock clock_;
  testing::ManualExecutor executor_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  testing::FakeFetcher fetcher_;
  LockFile lock_{database_};
  testing::SyncParts parts_{database_, executor_, wheel_, clock_, fetcher_, lock_};
  bool paused_ = false;
  std::string fails_;  // this step, and so the run
  std::vector<SyncJob> jobs_;
  std::unique_ptr<SyncService> service_;
  std::unique_ptr<DecisionLog> decisions_;
  std::unique_ptr<FirstSync> first_;
};

TEST_F(FirstSyncTest, AnEmptyDatabaseIsFilledOnceAndSaysSoMeanwhile) {
  first_->begin(kEmptyDatabase);
  EXPECT_EQ(first_->story(), "the first sync is under way");
  EXPECT_EQ(service_->brief_status().first_sync, first_->story());
  executor_.drain();
  ASSERT_THAT(jobs_, SizeIs(1));
  EXPECT_EQ(jobs_[0].request.sync_type, "full");
  EXPECT_EQ(jobs_[0].request.triggered_by, "startup");
  EXPECT_EQ(first_->story(), "");
  pass(minutes(60));
  EXPECT_THAT(jobs_, SizeIs(1));
}

TEST_F(FirstSyncTest, OneThatIsFilledIsLeftAlone) {
  begin(kFilledDatabase);
  EXPECT_EQ(first_->story(), "");
  EXPECT_THAT(jobs_, IsEmpty());
}

TEST_F(FirstSyncTest, AFailureIsTriedAgainByTheUsualRuleAndThenLeft) {
  fails_ = "schedule";
  begin(kEmptyDatabase);
  EXPECT_THAT(first_->story(), HasSubstr("is tried again at 2026-01-15T12:05:00Z"));
  pass(minutes(36));
  ASSERT_THAT(jobs_, SizeIs(4)) << "after 5, 10 and 20 minutes";
  EXPECT_THAT(jobs_[0].request.steps, IsEmpty());
  EXPECT_THAT(jobs_[1].request.steps, ElementsAre("schedule"));
  EXPECT_THAT(first_->story(), HasSubstr("the first sync has failed: "));
  EXPECT_EQ(decisions_->decisions_of("").front().kind, DecisionKind::kGaveUp);
  pass(minutes(600));
  EXPECT_THAT(jobs_, SizeIs(4));
}

TEST_F(FirstSyncTest, ASyncThatSomebodyElseAskedForIsAsGood) {
  fails_ = "schedule";
  begin(kEmptyDatabase);
  fails_.clear();
  SyncRequest request;
  request.sync_type = "full";
  request.season = "2019-20";
  service_->sync(request, nullptr, nullptr);
  executor_.drain();
  EXPECT_NE(first_->story(), "") << "another season fills nothing";
  request.season.clear();
  service_->sync(request, nullptr, nullptr);
  executor_.drain();
  EXPECT_EQ(first_->story(), "");
  pass(minutes(60));
  EXPECT_THAT(jobs_, SizeIs(3));
}

TEST_F(FirstSyncTest, NothingIsAskedForWhileSchedulesArePaused) {
  paused_ = true;
  begin(kEmptyDatabase);
  pass(minutes(10));
  EXPECT_THAT(jobs_, IsEmpty());
  EXPECT_EQ(first_->story(), "the first sync waits: schedules are paused");
  paused_ = false;
  first_->advance();
  executor_.drain();
  EXPECT_THAT(jobs_, SizeIs(1));
}

TEST_F(FirstSyncTest, AnotherStartGoesOnWithWhatIsMissing) {
  fails_ = "game_logs";
  begin(kEmptyDatabase);
  boot();
  fails_.clear();
  begin(kHalfFilled);
  ASSERT_THAT(jobs_, SizeIs(2));
  EXPECT_THAT(jobs_[1].request.steps, ElementsAre("game_logs"));
  boot();
  begin(kHalfFilled);  // the log knows better by now
  EXPECT_THAT(jobs_, SizeIs(2));
}

TEST_F(FirstSyncTest, NeverAndAlways) {
  boot(OnStart::kNotAtAll);
  begin(kEmptyDatabase);
  EXPECT_THAT(jobs_, IsEmpty());
  EXPECT_EQ(first_->story(), "") << "nobody wants it to be filled";
  boot(OnStart::kAlways);
  first_->begin(kFilledDatabase);
  EXPECT_EQ(first_->story(), "") << "there is data";
  executor_.drain();
  EXPECT_THAT(jobs_, SizeIs(1));
}

TEST_F(FirstSyncTest, ConfiguredAwayItIsNotTriedAgain) {
  fails_ = "schedule";
  begin(kEmptyDatabase);
  auto options = service_->options();
  options.on_start = OnStart::kNotAtAll;
  service_->set_options(options);
  first_->advance();
  pass(minutes(60));
  EXPECT_THAT(jobs_, SizeIs(1));
}

TEST_F(FirstSyncTest, ARetryDoesNotWaitForAClockThatWasWrong) {
  fails_ = "schedule";
  begin(kEmptyDatabase);
  clock_.set_wall(clock_.wall() - std::chrono::hours(24 * 365));
  pass(minutes(7));
  EXPECT_THAT(jobs_, SizeIs(2));
}

}  // namespace
}  // namespace nbasync
