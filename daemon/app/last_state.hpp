#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/database.hpp"
#include "model/run_record.hpp"
#include "store/filled.hpp"
#include "store/schedule_store.hpp"
#include "sync/run_history.hpp"

namespace nbasync {

// What the last one that had the lock left in the database.
struct LastState {
  RunHistory history;
  std::vector<RunRecord> not_closed;  // nobody will end them any more; as they are to be written
  ScheduleRecords schedules;
  Filled filled;
};

// For who has the lock now. The tables must be up to date. Blocking; any thread. Throws Error.
LastState read_last_state(Connection& connection, const std::string& season, SystemTime now);

// Writes the rows that are not closed, unless another program is in the way for long. Blocking; any
// thread.
void close_open_rows(const Database& database, LastState& state);

}  // namespace nbasync
