#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "model/decision.hpp"
#include "model/fields.hpp"
#include "model/run_record.hpp"
#include "store/backfill_store.hpp"
#include "store/own_tables.hpp"

namespace nbasync {

// What the database keeps of one schedule.
struct ScheduleMemory {
  std::string rule;          // under which the rest was written
  SystemTime decided_until;  // each nominal time up to here was run, skipped or missed
  std::string sync_type = {};
  std::optional<SystemTime> last_end = {};  // of its last run, where the next counts from it
  std::vector<SystemTime> backlog = {};     // nominal times that are still to be made up for
  // Of the time whose run is under way, or waits for another try:
  std::optional<SystemTime> nominal = {};
  unsigned retry = 0;
  std::vector<std::string> steps = {};
  std::string failed_run = {};
  std::string because = {};
  std::string run_id = {};
  std::optional<SystemTime> retry_at = {};

  // The columns of nbasync_schedules after its name; those after decided_until came with 0.2.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"rule"}, self.rule);
    visit(Field{"decided_until"}, self.decided_until);
    visit(Field{"sync_type"}, self.sync_type);
    visit(Field{"last_end"}, self.last_end);
    visit(Field{"backlog"}, self.backlog);
    visit(Field{"nominal"}, self.nominal);
    visit(Field{"retry"}, self.retry);
    visit(Field{"steps"}, self.steps);
    visit(Field{"failed_run"}, self.failed_run);
    visit(Field{"because"}, self.because);
    visit(Field{"run_id"}, self.run_id);
    visit(Field{"retry_at"}, self.retry_at);
  }

  bool operator==(const ScheduleMemory&) const = default;
};

// What has changed since the last write.
struct ScheduleChanges {
  std::map<std::string, std::optional<ScheduleMemory>> memories;  // nullopt: forget it
  std::optional<bool> paused;
  std::vector<Decision> decisions;
  std::map<std::string, std::optional<BackfillMemory>> backfill = {};  // likewise, by season

  bool empty() const {
    return memories.empty() && !paused && decisions.empty() && backfill.empty();
  }
};

// All that is known of schedules at start.
struct ScheduleRecords {
  std::map<std::string, ScheduleMemory> memories;
  std::map<std::string, RunRecord> last_runs;  // by schedule, from the log of runs
  std::map<std::string, RunRecord> open_runs;  // likewise, those of ScheduleMemory::run_id
  bool paused = false;
  std::vector<Decision> decisions;  // oldest first
  BackfillMemories backfill;
  std::optional<RunRecord> backfill_run;  // of it, the one that was under way
};

// The tables nbasync_schedules, nbasync_decisions, nbasync_settings and nbasync_backfill.
std::span<const OwnTable> schedule_tables();

// The scheduler's memory. Blocking; the thread of the connection. Throws Error(kStorage…),
// kCancelled.
namespace schedule_store {

// So many decisions of one schedule, and so many of requests, are kept; older ones go.
inline constexpr int kDecisionsKept = 200;

// The key of the setting that says whether schedules are paused.
inline constexpr const char* kPaused = "paused";

ScheduleRecords read(Connection& connection, const std::stop_token& stop);

// Within a transaction.
void write(Connection& connection, const ScheduleChanges& changes, const std::stop_token& stop);

}  // namespace schedule_store
}  // namespace nbasync
