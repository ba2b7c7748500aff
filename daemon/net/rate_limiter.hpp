#pragma once

#include <algorithm>

#include "base/clock.hpp"

namespace nbasync {

// When one host may be asked next: requests are spaced, and it may ask to be left alone for a
// while. Pure: the time is an argument. For one thread at a time.
class RateLimiter {
 public:
  // A request was made, and the next one may follow after `min_interval`.
  void started(SteadyTime now, Duration min_interval) { next_slot_ = now + min_interval; }

  // Retry-After.
  void asked_to_wait(SteadyTime until) { closed_until_ = until; }

  SteadyTime closed_until() const { return closed_until_; }
  SteadyTime next() const { return std::max(next_slot_, closed_until_); }

 private:
  SteadyTime next_slot_ = SteadyTime::min();
  SteadyTime closed_until_ = SteadyTime::min();
};

}  // namespace nbasync
