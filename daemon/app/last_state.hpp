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
  std::vector<RunRecord> not_closed;  // as they are to be written: another program was in the way
  ScheduleRecords schedules;
  Filled filled;
};

// For who has the lock now. Closes the rows of the log that nobody will end any more. The tables
// must be up to date. Blocking; any thread. Throws Error.
LastState read_last_state(const Database& database, const std::string& season, SystemTime now);

}  // namespace nbasync
