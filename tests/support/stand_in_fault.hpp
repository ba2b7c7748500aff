#pragma once

#include <functional>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "support/stand_in_exchange.hpp"

namespace nbasync::testing {

// A way for an endpoint to misbehave: it answers the request in the endpoint's stead.
struct Fault {
  static constexpr int kAlways = std::numeric_limits<int>::max();

  std::function<void(StandInExchange&)> act;
  int times = kAlways;  // requests that meet it; those after them are answered well
};

// A fault by its name: NAME, NAME=ARGUMENT, each with *N behind it for the first N requests only:
// "status=503*2", "hang", "rename=PTS:POINTS". Throws std::invalid_argument.
Fault named_fault(std::string_view text);

// The names that named_fault knows, with their arguments, one a line.
std::string fault_help();

}  // namespace nbasync::testing
