#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/decision.hpp"
#include "store/schedule_store.hpp"
#include "sync/log_writer.hpp"

namespace nbasync {

// What was decided about syncs, and how far each schedule has come: in memory for those who ask,
// and in the database for the next start. Loop thread; the log's writer writes.
class DecisionLog {
 public:
  // `records`: as the last process left them. `log` must outlive it.
  DecisionLog(LogWriter& log, ScheduleRecords records);

  // As they were at start.
  const std::map<std::string, RunRecord>& last_runs() const { return records_.last_runs; }
  bool paused() const { return records_.paused; }

  // The run that the schedule's memory says is under way, as it was at start; null: the log knows
  // none.
  const RunRecord* open_run_of(const std::string& schedule) const;

  void decided(Decision decision);

  // As it is by now.
  std::optional<ScheduleMemory> memory_of(const std::string& schedule) const;
  void remember(const std::string& schedule, const ScheduleMemory& memory);
  void forget_others(const std::vector<std::string>& schedules);
  void set_paused(bool paused);

  // The same of a backfill: how its seasons stand, and the run that was under way at start; null:
  // the log knows none. What is not in `memories` any more is forgotten.
  const BackfillMemories& backfill() const { return records_.backfill; }
  const RunRecord* backfill_run() const {
    return records_.backfill_run ? &*records_.backfill_run : nullptr;
  }
  void remember_backfill(const BackfillMemories& memories);

  // Newest first; of one schedule, or of requests with an empty name.
  std::vector<Decision> decisions_of(const std::string& schedule) const;

  // For as long as it lives: told each decision.
  void observe(std::function<void(const Decision&)> observer);

 private:
  void keep(const Decision& decision);

  LogWriter& log_;
  ScheduleRecords records_;
  std::map<std::string, std::deque<Decision>> recent_;  // by schedule, newest first
  std::vector<std::function<void(const Decision&)>> observers_;
};

}  // namespace nbasync
