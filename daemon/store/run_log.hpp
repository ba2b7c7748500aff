#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "model/run_record.hpp"

// data_sync_log: the history of runs. Rows that a predecessor wrote are read, and left as they are.
// Blocking; the thread of the connection. Throws Error(kStorage…), kCancelled.
namespace nbasync::run_log {

// Conditions. A step's row has the run id of its run, a slash and the step's name; a predecessor's
// row may have no id. The rows of the run $1: '0' is the character after '/', so that an index
// serves the range.
inline constexpr const char* kIsRun = "(run_id IS NULL OR run_id NOT LIKE '%/%')";
inline constexpr const char* kOfRun =
    "(run_id = $1 OR (run_id > $1 || '/' AND run_id < $1 || '0'))";

// Writes or rewrites the row of this run, and those of its steps. Within a transaction.
void write(Connection& connection, const RunRecord& run, const std::stop_token& stop);

// The run with its steps.
std::optional<RunRecord> find(Connection& connection, const std::string& run_id,
                              const std::stop_token& stop);

// Newest first, without steps of full runs as runs of their own.
std::vector<RunRecord> list(Connection& connection, unsigned limit, const RunFilter& filter,
                            const std::stop_token& stop);

// By sync type that there is, steps of full runs included: when it last ended with success for this
// season. A predecessor's row that names none is of it, too.
std::map<std::string, SystemTime> last_success(Connection& connection, const std::string& season,
                                               const std::stop_token& stop);

// Rows of ours, steps among them, that say 'started': what a process that has ended left.
std::vector<RunRecord> open_rows(Connection& connection, const std::stop_token& stop);

}  // namespace nbasync::run_log
