#include "sync/log_writer.hpp"

#include <gtest/gtest.h>

#include <stop_token>
#include <string>

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

  // The end of a run.
  void end(const std::string& id) {
    log_.write(run(id, RunStatus::kSuccess));
    executor_.drain();
  }

  testing::FakeClock clock_;
  testing::ManualExecutor executor_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  std::string batches_;  // of each how many rows of runs, and ! if it tidies up
  bool follows_ = false;
  LogWriter log_{executor_, wheel_, clock_, [this](const LogBatch& batch, const std::stop_token&) {
                   batches_ += std::to_string(batch.runs.size());
                   if (batch.tidies_up) batches_ += "!";
                   return false;
                 }};
};

// What follows each time is the feed of changes.
TEST_F(LogWriterTest, TidiesUpWhenARunHasEnded) {
  log_.write(run("a", RunStatus::kStarted));
  executor_.drain();
  end("a");
  EXPECT_EQ(batches_, "11!0");
}

TEST_F(LogWriterTest, TidiesUpAfterTheLastOfRunsThatFollowEachOther) {
  log_.tidy_up_unless([this] { return follows_; });
  follows_ = true;
  end("a");
  end("b");
  follows_ = false;
  end("c");
  EXPECT_EQ(batches_, "111!0");
}

TEST_F(LogWriterTest, TidiesUpAfterAHundredRunsThatFollowEachOther) {
  log_.tidy_up_unless([] { return true; });
  for (int i = 0; i < 150; ++i) end(std::to_string(i));
  EXPECT_EQ(batches_.find('!'), 100U) << batches_;
  EXPECT_EQ(batches_.rfind('!'), 100U) << batches_;
}

}  // namespace
}  // namespace nbasync
