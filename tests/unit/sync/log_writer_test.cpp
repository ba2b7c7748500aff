#include "sync/log_writer.hpp"

#include <gtest/gtest.h>

#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "model/run_record.hpp"
#include "store/log_batch.hpp"
#include "support/fake_clock.hpp"
#include "support/manual_executor.hpp"
#include "timer/tick.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {
namespace {

// When it tidies up: old rows go, and the write-ahead log is emptied.
class LogWriterTest : public ::testing::Test {
 protected:
  static RunRecord run(const std::string& id, RunStatus status) {
    RunRecord record;
    record.run_id = id;
    record.status = status;
    return record;
  }

  // A run from its beginning to its end, which `next` follows.
  void run_whole(int left) {
    const auto id = std::to_string(left);
    log_.write(run(id, RunStatus::kStarted), [this, id, left](const auto&) {
      log_.write(run(id, RunStatus::kSuccess), [this, left](const auto&) {
        if (left > 1) run_whole(left - 1);
      });
    });
  }

  testing::FakeClock clock_;
  testing::ManualExecutor executor_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  std::string batches_;  // of each: rows of so many runs, and ! if it tidies up
  bool fails_ = false;
  LogWriter log_{executor_, wheel_, clock_, [this](const LogBatch& batch, const std::stop_token&) {
                   batches_ += std::to_string(batch.runs.size());
                   if (batch.tidies_up()) batches_ += "!";
                   if (fails_) throw Error(Errc::kStorageBusy, "busy");
                   return false;
                 }};
};

TEST_F(LogWriterTest, TidiesUpOnceARunHasEndedAndItsCallerIsTold) {
  run_whole(1);
  executor_.drain();
  EXPECT_EQ(batches_, "110!");
}

TEST_F(LogWriterTest, TidiesUpAfterTheLastOfRunsThatFollowEachOther) {
  run_whole(4);
  executor_.drain();
  EXPECT_EQ(batches_, "111111110!");
}

TEST_F(LogWriterTest, TidiesUpAfterAHundredRunsEvenIfTheyDoNotRest) {
  run_whole(150);
  executor_.drain();
  EXPECT_EQ(batches_.find('!'), 201U) << batches_;
  EXPECT_EQ(batches_.substr(batches_.size() - 3), "10!");
}

TEST_F(LogWriterTest, TidiesUpLaterIfItFails) {
  log_.write(run("a", RunStatus::kSuccess));
  executor_.turn();
  executor_.work_one();
  fails_ = true;
  executor_.drain();
  EXPECT_EQ(batches_, "10!");
  fails_ = false;
  clock_.advance(Duration{1'000});
  wheel_.advance(to_tick(clock_.steady()));
  executor_.drain();
  EXPECT_EQ(batches_, "10!0!");
}

}  // namespace
}  // namespace nbasync
