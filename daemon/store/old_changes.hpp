#pragma once

#include <chrono>
#include <optional>
#include <stop_token>

#include "base/clock.hpp"
#include "db/connection.hpp"

namespace nbasync {

// How much of the feed of changes stays.
struct ChangesKept {
  std::optional<Duration> keep = std::chrono::days(30);  // nullopt: as long as there is room
  int rows = 200'000;

  bool operator==(const ChangesKept&) const = default;
};

// The end of the feed: rows that are old or too many go, the oldest first. The newest stays in any
// case: it tells which number was given last. Blocking; the thread of the connection. Throws Error.
namespace old_changes {

// Rows that go in one transaction: nobody waits for long.
inline constexpr int kMostAtOnce = 1'000;

// Removes some, in a transaction of its own; none is begun if none are to go. Whether some went.
bool remove(Connection& connection, const ChangesKept& kept, SystemTime now,
            const std::stop_token& stop);

}  // namespace old_changes
}  // namespace nbasync
