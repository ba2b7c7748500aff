#pragma once

#include <chrono>
#include <cstdint>

namespace nbasync {

struct DatabaseOptions {
  std::chrono::milliseconds busy_timeout{30'000};         // how long a writer waits for others
  std::chrono::milliseconds reader_busy_timeout{60'000};  // and a reader
  bool synchronous_full = true;                           // false: NORMAL

  // No key of the configuration: up to how many bytes a file is checked whole before it is used.
  std::uintmax_t checked_whole = 32 << 20;

  bool operator==(const DatabaseOptions&) const = default;
};

}  // namespace nbasync
