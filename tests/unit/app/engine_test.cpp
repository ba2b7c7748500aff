#include "app/engine.hpp"

#include <optional>
#include <string>

#include "protocol/names.hpp"
#include "store/run_log.hpp"
#include "support/fake_clock.hpp"
#include "support/manual_executor.hpp"
#include "timer/tick.hpp"
#include "unit/app/app_fixture.hpp"

namespace nbasync {
namespace {

class EngineTest : public testing::AppFixture {
 protected:
  EngineTest() { lock_.try_lock("daemon", clock_.wall()); }
  ~EngineTest() override { executor_.drain(); }

  Engine& start() {
    return engine_.emplace(config_, Threads{executor_, executor_, executor_}, wheel_, clock_,
                           lock_);
  }

  RunRecord sync(const std::string& type, RunRecord ended = {}) {
    SyncRequest request;
    request.sync_type = type;
    request.triggered_by = "once";
    engine_->service().sync(request, nullptr, [&](const RunRecord& run) { ended = run; });
    executor_.drain();
    return ended;
  }

  std::optional<RunRecord> find(const std::string& run_id) const {
    return run_log::find(*Database(config_.database.path).connect_reader(), run_id, {});
  }

  testing::ManualExecutor executor_;
  testing::FakeClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  LockFile lock_{config_.database.path};
  std::optional<Engine> engine_;
};

TEST_F(EngineTest, SyncsFromUpstreamIntoTheDatabaseAndTheLog) {
  start();
  const auto run = sync("teams");
  EXPECT_EQ(run.status, RunStatus::kSuccess) << run.error_message;
  EXPECT_EQ(run.inserted, 2);
  EXPECT_EQ(find(run.run_id)->inserted, 2);
  EXPECT_EQ(engine_->service().status().version, protocol::kVersion);
}

TEST_F(EngineTest, ClosesWhatACrashLeftOpen) {
  start();
  const auto run = sync("teams");
  {
    auto row = *find(run.run_id);
    row.status = RunStatus::kStarted;
    row.completed_at.reset();
    const auto connection = Database(config_.database.path).connect_writer();
    connection->transaction([&] { run_log::write(*connection, row, {}); }, {});
  }
  engine_.reset();
  start();
  EXPECT_EQ(find(run.run_id)->status, RunStatus::kInterrupted);
  EXPECT_EQ(engine_->service().status().recent_syncs.at(0).status, RunStatus::kInterrupted);
}

TEST_F(EngineTest, AChangedUpstreamIsInForceFromTheNextRunOn) {
  start();
  config_.upstream.stats_url = "file://" + (directory_.path() / "nowhere").string();
  engine_->reconfigure(config_);
  EXPECT_EQ(sync("teams").error_code, "upstream-unreachable");
}

TEST_F(EngineTest, AFullRunTellsOfEachStepThatFailed) {
  start();
  const auto run = sync("full");
  EXPECT_EQ(run.status, RunStatus::kFailed);
  ASSERT_GT(run.steps.size(), 2U);
  EXPECT_EQ(run.steps[0].status, RunStatus::kSuccess);
  EXPECT_EQ(run.inserted, 2) << "what succeeded is counted";
  for (std::size_t step = 1; step < run.steps.size(); ++step) {
    EXPECT_THAT(run.error_message,
                ::testing::HasSubstr("step " + run.steps[step].sync_type + ": "));
  }
  EXPECT_EQ(find(run.run_id)->steps.size(), run.steps.size());
}

TEST_F(EngineTest, ItsEndWaitsForTheLogToBeWritten) {
  start();
  SyncRequest request;
  request.sync_type = "teams";
  std::string run_id;
  engine_->service().sync(
      request, [&](const Admission& admission) { run_id = admission.run_id; }, nullptr);
  executor_.turn();
  bool stopped = false;
  engine_->shut_down([&] { stopped = true; });
  EXPECT_FALSE(stopped);
  executor_.drain();
  EXPECT_TRUE(stopped);
  EXPECT_EQ(find(run_id)->status, RunStatus::kInterrupted);
}

}  // namespace
}  // namespace nbasync
