#pragma once

#include <uv.h>

#include <memory>
#include <optional>

#include "base/unique_fd.hpp"
#include "event/handle.hpp"
#include "event/loop.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Turns the wheel: one absolute timerfd on the monotonic clock, set to the wheel's next timer
// before the loop sleeps. With no timer armed it never wakes the process. Loop thread.
class WheelDriver {
 public:
  WheelDriver(Loop& loop, TimerWheel& wheel);

 private:
  void before_sleep();
  void expired();

  Loop& loop_;
  TimerWheel& wheel_;
  UniqueFd timer_fd_;
  std::optional<Tick> armed_;
  Handle<uv_poll_t> poll_;
  Handle<uv_prepare_t> prepare_;
};

}  // namespace nbasync
