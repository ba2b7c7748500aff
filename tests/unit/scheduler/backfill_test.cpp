#include "scheduler/backfill.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/lock_file.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_fetcher.hpp"
#include "support/manual_executor.hpp"
#include "support/rows.hpp"
#include "support/sync_parts.hpp"
#include "support/temporary_directory.hpp"
#include "sync/describe_job.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using testing::error_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A backfill over a real service and log, whose runs end as the test says. It can be ended and
// begun anew, as a daemon is.
class BackfillTest : public ::testing::Test {
 protected:
  struct Process {
    explicit Process(BackfillTest& test)
        : parts(test.database_, test.executor_, test.wheel_, test.clock_, test.fetcher_,
                test.lock_),
          service(
              test.executor_, test.wheel_, test.clock_,
              [&test](const SyncJob& job, const Cancellation&, const RunObserver&) {
                return test.run(job);
              },
              parts.log, parts.readers, parts.history(), ServiceOptions()),
          decisions(parts.log, parts.schedules()),
          backfill(parts.readers, test.wheel_, test.clock_, service, decisions,
                   [&test] { return test.paused_; }) {
      backfill.observe([&test](std::uint32_t done, std::uint32_t of, const std::string& season) {
        test.progress_.push_back(format("{}/{} {}", done, of, season));
      });
    }

    testing::SyncParts parts;
    SyncService service;
    DecisionLog decisions;
    Backfill backfill;
  };

  BackfillTest() {
    lock_.try_lock("daemon", clock_.wall());
    boot();
  }
  ~BackfillTest() override { executor_.drain(); }

  void boot() {
    executor_.drain();
    process_.reset();
    process_ = std::make_unique<Process>(*this);
    process_->backfill.advance();
  }
  Backfill& backfill() { return process_->backfill; }
  std::uint32_t begin(const std::string& from, const std::string& to) {
    const auto count = backfill().begin(from, to, "a test");
    executor_.drain();
    return count;
  }

  RunRecord run(const SyncJob& job) {
    seasons_.push_back(job.request.season);
    auto run = record_of(job, RunStatus::kSuccess);
    run.thread_id = 1;
    run.requests = 20;
    run.completed_at = clock_.wall();
    if (job.request.season == fails_) {
      run.status = RunStatus::kFailed;
      run.error_code = "upstream-status";
      run.error_message = "status 503";
    }
    return run;
  }

  void pass(Duration time) {
    for (; time.count() > 0; time -= seconds(1)) {
      clock_.advance(seconds(1));
      wheel_.advance(to_tick(clock_.steady()));
      executor_.drain();
    }
  }
  std::vector<std::string> states() {
    std::vector<std::string> words;
    const auto state = backfill().state();
    for (const auto& season : state->seasons) {
      words.emplace_back(to_string(season.state));
    }
    return words;
  }

  testing::TemporaryDirectory directory_;
  std::string database_ = directory_.path() / "nba_data.db";
  testing::FakeClock clock_;  // 2026-01-15T12:00:00Z
  testing::ManualExecutor executor_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  testing::FakeFetcher fetcher_;
  LockFile lock_{database_};
  bool paused_ = false;
  std::string fails_;  // this season
  std::vector<std::string> seasons_;
  std::vector<std::string> progress_;
  std::unique_ptr<Process> process_;
};

TEST_F(BackfillTest, RunsASeasonAMinuteAndTellsItsProgress) {
  EXPECT_FALSE(backfill().state());
  EXPECT_EQ(begin("2015-16", "2017-18"), 3U);
  EXPECT_THAT(seasons_, ElementsAre("2017-18"));
  auto state = process_->service.brief_status().backfill;
  ASSERT_TRUE(state);
  EXPECT_EQ(state->from, "2015-16");
  EXPECT_EQ(state->to, "2017-18");
  EXPECT_EQ(state->done, 1U);
  EXPECT_EQ(state->next, clock_.wall() + minutes(1));
  EXPECT_TRUE(state->open);
  pass(minutes(2));
  EXPECT_THAT(seasons_, ElementsAre("2017-18", "2016-17", "2015-16"));
  EXPECT_THAT(progress_, ElementsAre("0/3 ", "0/3 2017-18", "1/3 ", "1/3 2016-17", "2/3 ",
                                     "2/3 2015-16", "3/3 "));
  EXPECT_FALSE(backfill().state()->open);
  const auto run = process_->parts.find(backfill().state()->seasons[0].run_id);
  EXPECT_EQ(run->triggered_by, "backfill");
  EXPECT_EQ(run->season, "2017-18");
}

TEST_F(BackfillTest, OthersGetBetween) {
  begin("2016-17", "2017-18");
  SyncRequest request;
  request.sync_type = "teams";
  process_->service.sync(request, nullptr, nullptr);
  executor_.drain();
  EXPECT_THAT(seasons_, ElementsAre("2017-18", "2025-26")) << "while it pays back";
}

TEST_F(BackfillTest, RangesAreChecked) {
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"1945-46", "2017-18"}, {"2015-16", "2027-28"}, {"2015", "2016"}, {"", "2015-16"}}) {
    const auto error = error_of([&, f = from, t = to] { backfill().begin(f, t, "a test"); });
    EXPECT_EQ(error.code(), Errc::kInvalidArgument);
    EXPECT_THAT(error.what(), HasSubstr("is no season from 1946-47 to 2026-27"));
  }
  EXPECT_EQ(begin("auto", "2023-24"), 3U) << "in either order";
  const auto second = error_of([&] { backfill().begin("2000-01", "2001-02", "a test"); });
  EXPECT_EQ(second.code(), Errc::kSyncInProgress);
  EXPECT_THAT(second.what(), HasSubstr("a backfill of 2023-24..2025-26 goes on, 1 of 3 seasons"));
}

TEST_F(BackfillTest, GoesOnAfterARestart) {
  begin("2015-16", "2017-18");
  boot();
  EXPECT_THAT(states(), ElementsAre("done", "waiting", "waiting"));
  pass(minutes(2));
  EXPECT_THAT(seasons_, ElementsAre("2017-18", "2016-17", "2015-16"));
  boot();
  EXPECT_THAT(states(), ElementsAre("done", "done", "done"));
  begin("1999-00", "1999-00");
  boot();
  EXPECT_THAT(states(), ElementsAre("waiting")) << "those before are forgotten";
}

TEST_F(BackfillTest, StopsAndStaysSo) {
  backfill().begin("2015-16", "2017-18", "a test");
  executor_.turn();
  EXPECT_TRUE(backfill().stop("a test"));
  executor_.drain();
  EXPECT_FALSE(backfill().stop("a test"));
  pass(minutes(5));
  boot();
  pass(minutes(5));
  EXPECT_THAT(seasons_, ElementsAre());
  EXPECT_THAT(states(), ElementsAre("stopped", "stopped", "stopped"));
  EXPECT_THAT(process_->decisions.decisions_of("").front().reason, HasSubstr("by a test"));
}

TEST_F(BackfillTest, AFailedSeasonIsLeftWithItsReasonAndShown) {
  fails_ = "2017-18";
  begin("2016-17", "2017-18");
  pass(minutes(40));
  EXPECT_THAT(seasons_, ElementsAre("2017-18", "2016-17", "2017-18", "2017-18", "2017-18"));
  const auto state = *backfill().state();
  EXPECT_EQ(state.failed, 1U);
  EXPECT_FALSE(state.open);
  EXPECT_THAT(state.seasons[0].why, HasSubstr("status 503; that was the last of 3 retries"));
}

TEST_F(BackfillTest, PausedWithTheSchedules) {
  paused_ = true;
  begin("2016-17", "2017-18");
  pass(minutes(5));
  EXPECT_THAT(seasons_, IsEmpty());
  EXPECT_EQ(backfill().state()->why, "schedules are paused");
  paused_ = false;
  backfill().advance();
  pass(minutes(2));
  EXPECT_THAT(seasons_, ElementsAre("2017-18", "2016-17"));
}

TEST_F(BackfillTest, AnUpstreamOfOnesOwnIsAskedAtOnce) {
  backfill().spare_upstream(false);
  begin("2015-16", "2017-18");
  EXPECT_THAT(seasons_, ElementsAre("2017-18", "2016-17", "2015-16"));
}

}  // namespace
}  // namespace nbasync
