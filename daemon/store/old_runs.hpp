#pragma once

#include <cstddef>
#include <stop_token>

#include "base/clock.hpp"
#include "db/connection.hpp"

// The end of the log's history: runs that are old go. Those that the first versions and a
// predecessor wrote stay, and so do the last ones of each sync type, and the last success of each.
// Blocking; the thread of the connection, within a transaction. Throws Error.
namespace nbasync::old_runs {

inline constexpr std::size_t kKeptOfEachType = 20;

// Runs of a type that go at a time: a long history goes in many small steps.
inline constexpr std::size_t kMostAtOnce = 100;

// What is in the log when this is first called stays for ever.
void keep_what_is_there(Connection& connection);

// Removes runs that ended before `end`, with their steps.
void remove(Connection& connection, SystemTime end, const std::stop_token& stop);

}  // namespace nbasync::old_runs
