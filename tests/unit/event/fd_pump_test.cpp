#include "event/fd_pump.hpp"

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

#include "base/clock.hpp"
#include "base/unique_fd.hpp"
#include "event/wheel_driver.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

class FdPumpTest : public ::testing::Test {
 protected:
  RealClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  Loop loop_;
  WheelDriver driver_{loop_, wheel_};
  UniqueFd fd_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
};

TEST_F(FdPumpTest, StepsWhenTheDescriptorIsReadable) {
  std::uint64_t got = 0;
  FdPump pump(
      loop_, wheel_, fd_.get(), [] { return Interest{}; },
      [&] {
        EXPECT_EQ(::read(fd_.get(), &got, sizeof got), static_cast<ssize_t>(sizeof got));
        loop_.stop();
      });
  const std::uint64_t seven = 7;
  loop_.post([&] { EXPECT_EQ(::write(fd_.get(), &seven, sizeof seven), 8); });
  loop_.run();
  EXPECT_EQ(got, 7U);
}

TEST_F(FdPumpTest, StepsAtTheDeadlineThoughNothingHappens) {
  const Tick deadline = tick_after(clock_, Duration(5));
  FdPump pump(
      loop_, wheel_, fd_.get(),
      [&] {
        return Interest{true, false, deadline};
      },
      [&] { loop_.stop(); });
  loop_.run();
  EXPECT_GE(to_tick(clock_.steady()), deadline);
}

TEST_F(FdPumpTest, KickStepsOnTheNextTurn) {
  int steps = 0;
  FdPump pump(
      loop_, wheel_, fd_.get(), [] { return Interest{}; },
      [&] {
        ++steps;
        loop_.stop();
      });
  pump.kick();
  EXPECT_EQ(steps, 0);
  loop_.run();
  EXPECT_EQ(steps, 1);
}

}  // namespace
}  // namespace nbasync
