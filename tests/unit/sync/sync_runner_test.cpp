#include "sync/sync_runner.hpp"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "support/fake_clock.hpp"
#include "support/open_store.hpp"
#include "sync/cancellation.hpp"

namespace nbasync {
namespace {

// One that does not look whether it is to stop, as one that has nothing to wait for.
class QuickStep final : public Step {
 public:
  explicit QuickStep(bool leads) : leads_(leads) {}

  std::string_view name() const override { return leads_ ? "leader" : "follower"; }
  void prepare(SystemTime, const std::stop_token&) override {}
  bool leads() const override { return leads_; }
  std::size_t requests() const override { return 1; }
  void fetch(const std::function<void()>& fetched, const std::stop_token&) override { fetched(); }
  Cost cost() const override { return {}; }
  Result store(SystemTime, const std::stop_token&) override { return {}; }

 private:
  bool leads_;
};

// By whether it is a dry run, and whether its steps have records of their own.
class StoppedRunTest : public ::testing::TestWithParam<std::tuple<bool, bool>> {
 protected:
  // A run that is cancelled when it has told its progress so often; 0: before it begins.
  RunRecord run_cancelled_after(int told) {
    const auto [dry_run, listed] = GetParam();
    SyncRunner runner(store_, lock_, clock_, [listed = listed](const SyncJob&) {
      RunPlan plan;
      plan.listed = listed;
      if (listed) plan.steps.push_back(std::make_unique<QuickStep>(true));
      plan.steps.push_back(std::make_unique<QuickStep>(false));
      return plan;
    });
    SyncJob job;
    job.run_id = "run";
    job.request.sync_type = "teams";
    job.request.dry_run = dry_run;
    Cancellation cancel;
    if (told == 0) cancel.request(RunStatus::kCancelled);
    times_told_ = 0;
    const RunObserver observer{[&](const auto&) {
                                 if (++times_told_ == told) cancel.request(RunStatus::kCancelled);
                               },
                               [](const auto&) {}};
    return runner.run(job, cancel, observer);
  }

  testing::NewPlace place_;
  testing::FakeClock clock_;
  testing::TestLock lock_{place_.name()};
  testing::OpenStore store_{place_.name()};
  int times_told_ = 0;
};

TEST_P(StoppedRunTest, HasEndedWheneverItIsStopped) {
  int told = 0;
  for (; told == 0 || times_told_ >= told; ++told) {
    const auto run = run_cancelled_after(told);
    EXPECT_TRUE(has_ended(run.status)) << "stopped after " << told;
    for (const auto& step : run.steps) EXPECT_TRUE(has_ended(step.status)) << told;
    EXPECT_EQ(run.error_code, run.status == RunStatus::kCancelled ? "cancelled" : "") << told;
    EXPECT_TRUE(run.status == RunStatus::kCancelled || told >= 3) << told;
  }
  EXPECT_GT(told, 3);
}

INSTANTIATE_TEST_SUITE_P(Runs, StoppedRunTest,
                         ::testing::Combine(::testing::Bool(), ::testing::Bool()));

}  // namespace
}  // namespace nbasync
