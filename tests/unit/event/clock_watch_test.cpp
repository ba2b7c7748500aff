#include "event/clock_watch.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "support/fake_clock.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

class ClockWatchTest : public ::testing::Test {
 protected:
  void turn() {
    loop_.post([this] { loop_.post([this] { loop_.stop(); }); });
    loop_.run();
  }

  Loop loop_;
  testing::FakeClock clock_;
  std::vector<SystemTime::duration> changes_;
  ClockWatch watch_{loop_, clock_, [this](SystemTime::duration by) { changes_.push_back(by); }};
};

TEST_F(ClockWatchTest, TimeThatPassesIsNoChange) {
  clock_.advance(hours(5));
  turn();
  EXPECT_TRUE(changes_.empty());
}

TEST_F(ClockWatchTest, AClockThatIsSetIsToldOnce) {
  clock_.set_wall(clock_.wall() + hours(1));
  turn();
  turn();
  clock_.set_wall(clock_.wall() - hours(2));
  turn();
  EXPECT_EQ(changes_, (std::vector<SystemTime::duration>{hours(1), -hours(2)}));
}

TEST_F(ClockWatchTest, SmallCorrectionsCountWhenTheyAddUp) {
  clock_.set_wall(clock_.wall() + milliseconds(600));
  turn();
  EXPECT_TRUE(changes_.empty());
  clock_.set_wall(clock_.wall() + milliseconds(600));
  turn();
  EXPECT_EQ(changes_, (std::vector<SystemTime::duration>{milliseconds(1200)}));
}

}  // namespace
}  // namespace nbasync
