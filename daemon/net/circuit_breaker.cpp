#include "net/circuit_breaker.hpp"

#include <algorithm>

namespace nbasync {

void CircuitBreaker::succeeded() {
  failures_ = 0;
  open_for_ = Duration{0};
  open_until_ = SteadyTime::min();
}

void CircuitBreaker::failed(SteadyTime now) {
  if (++failures_ < options_.threshold) return;
  open_for_ = open_for_ == Duration{0} ? options_.first_open
                                       : std::min(open_for_ * 2, options_.longest_open);
  open_until_ = now + open_for_;
}

CircuitBreaker::State CircuitBreaker::state(SteadyTime now) const {
  if (open_for_ == Duration{0}) return State::kClosed;
  return now < open_until_ ? State::kOpen : State::kHalfOpen;
}

}  // namespace nbasync
