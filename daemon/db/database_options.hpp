#pragma once

#include <chrono>

namespace nbasync {

struct DatabaseOptions {
  std::chrono::milliseconds busy_timeout{30'000};         // how long a writer waits for others
  std::chrono::milliseconds reader_busy_timeout{60'000};  // and a reader
  bool synchronous_full = true;                           // false: NORMAL

  bool operator==(const DatabaseOptions&) const = default;
};

}  // namespace nbasync
