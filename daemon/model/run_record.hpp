#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/row_changes.hpp"
#include "model/run_status.hpp"

namespace nbasync {

// One run of the log: a row of data_sync_log, with the rows of its steps beneath it.
struct RunRecord {
  std::string run_id;
  std::string sync_type;
  std::string season;
  RunStatus status = RunStatus::kStarted;
  std::string triggered_by;
  bool dry_run = false;  // such a run is in no log
  std::optional<SystemTime> requested_at;
  std::optional<SystemTime> started_at;
  std::optional<SystemTime> completed_at;
  double duration_seconds = 0;
  std::int64_t thread_id = 0;
  std::int64_t records_synced = 0;  // inserted + updated + unchanged
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t deleted = 0;
  std::int64_t requests = 0;
  std::int64_t bytes_received = 0;
  std::string error_code;                     // a word of protocol/errors, empty for none
  std::string error_message;                  // also what a successful run has to say
  std::vector<RunRecord> steps;               // of a full run, in order
  std::shared_ptr<const RowChanges> changes;  // of a dry run, those of its steps together
};

// Which runs of the log are wanted; empty: all.
struct RunFilter {
  std::string sync_type;
  std::string status;
};

}  // namespace nbasync
