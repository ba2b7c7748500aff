#pragma once

#include <chrono>
#include <string_view>

#include "base/clock.hpp"

namespace nbasync {

// What a duration is at the most, as an option of a Sync or in a query.
inline constexpr Duration kLongestOption = std::chrono::hours{7 * 24};

// Who takes an option: the bus, HTTP, the client's command line.
enum Door : unsigned { kBusDoor = 1, kHttpDoor = 2, kClientDoor = 4, kEveryDoor = 7 };

// One option of a Sync. What kind of value it takes is the type of its member of SyncWish: a text,
// a flag, a duration (in seconds on the bus), one of the words of an enumeration.
struct SyncOption {
  std::string_view name;  // "run_timeout"; on the command line "--run-timeout"
  unsigned doors;
  std::string_view help;
  bool zero = true;  // a duration may be 0
};

}  // namespace nbasync
