#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "model/decision.hpp"
#include "model/run_record.hpp"
#include "store/own_tables.hpp"

namespace nbasync {

// What the database keeps of one schedule.
struct ScheduleMemory {
  std::string rule;          // under which `decided_until` was written
  SystemTime decided_until;  // each nominal time up to here was run, skipped or missed
};

// What has changed since the last write.
struct ScheduleChanges {
  std::map<std::string, std::optional<ScheduleMemory>> memories;  // nullopt: forget it
  std::optional<bool> paused;
  std::vector<Decision> decisions;

  bool empty() const { return memories.empty() && !paused && decisions.empty(); }
};

// All that is known of schedules at start.
struct ScheduleRecords {
  std::map<std::string, ScheduleMemory> memories;
  std::map<std::string, RunRecord> last_runs;  // by schedule, from the log of runs
  bool paused = false;
  std::vector<Decision> decisions;  // oldest first
};

// The tables nbasync_schedules, nbasync_decisions and nbasync_settings.
std::span<const OwnTable> schedule_tables();

// The scheduler's memory. Blocking; the thread of the connection. Throws Error(kStorage…),
// kCancelled.
namespace schedule_store {

// So many decisions of one schedule, and so many of requests, are kept; older ones go.
inline constexpr int kDecisionsKept = 200;

ScheduleRecords read(Connection& connection, const std::stop_token& stop);

// Within a transaction.
void write(Connection& connection, const ScheduleChanges& changes, const std::stop_token& stop);

}  // namespace schedule_store
}  // namespace nbasync
