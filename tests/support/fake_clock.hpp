#pragma once

#include "base/clock.hpp"

namespace nbasync::testing {

// A clock that stands still until told otherwise.
class FakeClock final : public Clock {
 public:
  SteadyTime steady() const override { return steady_; }
  SystemTime wall() const override { return wall_; }

  void advance(Duration by) {
    steady_ += by;
    wall_ += by;
  }
  void set_wall(SystemTime wall) { wall_ = wall; }

 private:
  SteadyTime steady_{std::chrono::hours{1}};
  SystemTime wall_ = *parse_utc("2026-01-15T12:00:00Z");
};

}  // namespace nbasync::testing
