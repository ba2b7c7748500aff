#pragma once

#include <chrono>

#include "base/clock.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// The daemon's ticks are microseconds of the steady clock: a start that is planned for a wall
// clock's second is not rounded to another clock's millisecond. The wheel's cost hardly knows the
// unit.

// The tick that a point in time lies in.
inline Tick to_tick(SteadyTime time) {
  return static_cast<Tick>(
      std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch()).count());
}

// The first tick that is not earlier than `time`.
inline Tick tick_not_before(SteadyTime time) {
  return static_cast<Tick>(
      std::chrono::ceil<std::chrono::microseconds>(time.time_since_epoch()).count());
}

// The first tick that is not earlier than `delay` from now: a timeout is never cut short.
inline Tick tick_after(const Clock& clock, SteadyTime::duration delay) {
  return tick_not_before(clock.steady() + delay);
}

}  // namespace nbasync
