#pragma once

#include "base/clock.hpp"

namespace nbasync {

struct CircuitOptions {
  int threshold = 3;                              // failed gets in a row that open the circuit
  Duration first_open = std::chrono::minutes{5};  // doubles with each failed half-open try
  Duration longest_open = std::chrono::hours{1};
};

// Leaves a failing host alone for a while, and then lets a single try through. Pure: the time is an
// argument. For one thread at a time.
class CircuitBreaker {
 public:
  enum class State { kClosed, kOpen, kHalfOpen };

  explicit CircuitBreaker(CircuitOptions options = {}) : options_(options) {}

  void succeeded();             // a get
  void failed(SteadyTime now);  // a get, its tries included

  State state(SteadyTime now) const;
  SteadyTime open_until() const { return open_until_; }

 private:
  CircuitOptions options_;
  int failures_ = 0;      // gets in a row
  Duration open_for_{0};  // 0: closed
  SteadyTime open_until_ = SteadyTime::min();
};

}  // namespace nbasync
