#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "model/run_record.hpp"

// What the holder of the lease does with the line. All but make_tables() are parts of a
// Connection::write(), whose guard keeps out who is the holder no more: nobody else moves entries,
// so a second call of the same changes nothing. They block as that does, and throw then.
namespace nbasync::line {

// A run that has ended its process so often is not tried again.
inline constexpr int kMostAttempts = 3;

// The tables of what instances tell each other, if they are not there. A write() of its own.
void make_tables(Connection& connection, const std::stop_token& stop);

// After another holder: what that one ran waits again, in its old place and without end, or has
// ended as interrupted; so has what it wanted itself. `epoch` is this holder's.
void put_back(Connection& connection, std::int64_t epoch, const std::stop_token& stop);

// An entry that waits runs.
void started(Connection& connection, std::string_view run_id, std::int64_t epoch,
             const std::stop_token& stop);

// An entry that runs waits again, in its old place and without end, as if it had not been started:
// its holder stops. One that only that holding wanted has ended as interrupted, also if it waits.
void laid_down(Connection& connection, std::string_view run_id, const std::stop_token& stop);

// An entry that waits or runs has ended, with the status of `run`; `result` is kept for its
// callers.
void ended(Connection& connection, const RunRecord& run, std::optional<std::string> result,
           const std::stop_token& stop);

// Entries that have ended an hour ago go. The line's version stays.
void forget(Connection& connection, const std::stop_token& stop);

}  // namespace nbasync::line
