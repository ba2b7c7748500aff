#pragma once

#include "base/clock.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// The tick that a point in time lies in.
inline Tick to_tick(SteadyTime time) {
  return static_cast<Tick>(
      std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

// The first tick that is not earlier than `delay` from now: a timeout is never cut short.
inline Tick tick_after(const Clock& clock, Duration delay) {
  return static_cast<Tick>(
      std::chrono::ceil<std::chrono::milliseconds>((clock.steady() + delay).time_since_epoch())
          .count());
}

}  // namespace nbasync
