#pragma once

#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "model/run_record.hpp"
#include "store/old_changes.hpp"
#include "store/schedule_store.hpp"

namespace nbasync {

// What one transaction of the log writer holds: rows of runs, and the scheduler's memory.
struct LogBatch {
  std::vector<RunRecord> runs;
  ScheduleChanges schedules;
  std::optional<SystemTime> history_end = {};  // runs that ended before go; see store/old_runs.hpp
  bool empties_log = false;  // the write-ahead log is to be emptied, whatever else is written
  bool tidies_up = false;    // a run has ended: old runs go, and the write-ahead log is emptied
  std::optional<ChangesKept> kept = {};  // what is beyond that goes, as of `now`
  SystemTime now = {};

  bool has_rows() const { return !runs.empty() || !schedules.empty(); }
  bool empty() const { return !has_rows() && !empties_log && !kept; }
};

}  // namespace nbasync
