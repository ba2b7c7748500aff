#pragma once

#include "base/clock.hpp"
#include "cluster/lease.hpp"
#include "timer/tick.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Sees to it that a lease which the server has not confirmed for too long is given up, whatever
// hangs where it is renewed. Loop thread.
class LeaseWatch {
 public:
  // All must outlive it.
  LeaseWatch(TimerWheel& wheel, const Clock& clock, Lease& lease)
      : wheel_(wheel), clock_(clock), lease_(lease) {}

  // Now, and from then on for as long as it is held.
  void look() {
    if (!lease_.is_held()) return;
    const auto left = lease_.trusted_for();
    if (left.count() == 0) return lease_.give_up();
    wheel_.arm(timer_, tick_after(clock_, left));
  }
  void stop() { timer_.cancel(); }

 private:
  TimerWheel& wheel_;
  const Clock& clock_;
  Lease& lease_;
  Timer timer_{[this] { look(); }};
};

}  // namespace nbasync
