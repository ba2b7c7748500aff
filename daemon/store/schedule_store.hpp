#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/decision.hpp"
#include "model/run_record.hpp"

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

// The scheduler's memory, in tables nbasync_schedules, nbasync_decisions and nbasync_settings. Each
// call uses a connection of its own. Blocking; any thread. Throws Error(kStorage…).
class ScheduleStore {
 public:
  // So many decisions of one schedule, and so many of requests, are kept; older ones go.
  static constexpr int kDecisionsKept = 200;

  static constexpr const char* kCreateTables =
      "CREATE TABLE IF NOT EXISTS nbasync_schedules (name TEXT NOT NULL PRIMARY KEY, "
      "rule TEXT NOT NULL, decided_until TEXT NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE IF NOT EXISTS nbasync_decisions (id INTEGER PRIMARY KEY, at TEXT NOT NULL, "
      "schedule TEXT NOT NULL, sync_type TEXT, decision TEXT NOT NULL, reason TEXT, run_id TEXT);"
      "CREATE INDEX IF NOT EXISTS nbasync_decisions_schedule ON nbasync_decisions (schedule, id);"
      "CREATE TABLE IF NOT EXISTS nbasync_settings (key TEXT NOT NULL PRIMARY KEY, value TEXT) "
      "WITHOUT ROWID;";

  // The database must have been opened by Store, which makes the tables.
  explicit ScheduleStore(std::string path) : path_(std::move(path)) {}

  ScheduleRecords read();

  // One transaction. Not flushed to the disk at once: after a power loss, the last times may be
  // decided again.
  void write(const ScheduleChanges& changes);

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace nbasync
