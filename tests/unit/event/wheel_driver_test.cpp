#include "event/wheel_driver.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "base/clock.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

class WheelDriverTest : public ::testing::Test {
 protected:
  RealClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  Loop loop_;
  WheelDriver driver_{loop_, wheel_};
};

TEST_F(WheelDriverTest, TimersFireInOrderAndNeverEarly) {
  std::vector<int> order;
  const auto start = clock_.steady();
  Timer late([&] {
    order.push_back(2);
    EXPECT_GE(clock_.steady() - start, Duration(20));
    loop_.stop();
  });
  Timer early([&] { order.push_back(1); });
  wheel_.arm(late, tick_after(clock_, Duration(20)));
  wheel_.arm(early, tick_after(clock_, Duration(5)));
  loop_.run();
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST_F(WheelDriverTest, TimerArmedFromACallbackIsSeen) {
  int fired = 0;
  Timer again([&] {
    if (++fired == 3) {
      loop_.stop();
    } else {
      wheel_.arm(again, tick_after(clock_, Duration(1)));
    }
  });
  wheel_.arm(again, 0);  // in the past: at once
  loop_.run();
  EXPECT_EQ(fired, 3);
}

TEST_F(WheelDriverTest, CancelledTimerDoesNotFire) {
  bool fired = false;
  Timer cancelled([&] { fired = true; });
  Timer end([&] { loop_.stop(); });
  wheel_.arm(cancelled, tick_after(clock_, Duration(2)));
  wheel_.arm(end, tick_after(clock_, Duration(10)));
  loop_.post([&] { cancelled.cancel(); });
  loop_.run();
  EXPECT_FALSE(fired);
}

}  // namespace
}  // namespace nbasync
