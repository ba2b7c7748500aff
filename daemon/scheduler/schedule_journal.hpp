#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/executor.hpp"
#include "model/decision.hpp"
#include "store/schedule_store.hpp"

namespace nbasync {

// What was decided about syncs, and how far each schedule has been decided: in memory for those who
// ask, and in the database for the next start. Loop thread; it writes on a pool thread, one write
// at a time, in order.
class ScheduleJournal {
 public:
  // Reads the database; blocking. All must outlive it. Throws Error.
  ScheduleJournal(Executor& executor, ScheduleStore& store);

  // As it was at start.
  const ScheduleRecords& records() const { return records_; }

  void decided(Decision decision);
  void remember(const std::string& schedule, const ScheduleMemory& memory);
  void forget(const std::string& schedule);
  void set_paused(bool paused);

  // Newest first; of one schedule, or of requests with an empty name.
  std::vector<Decision> decisions_of(const std::string& schedule) const;

  // For as long as it lives: told each decision.
  void observe(std::function<void(const Decision&)> observer);

  // Calls `idle` once nothing is left to be written: perhaps at once.
  void when_idle(std::function<void()> idle);

 private:
  void keep(const Decision& decision);
  void write();
  void written(const ScheduleChanges& changes, const std::string& error);

  Executor& executor_;
  ScheduleStore& store_;
  ScheduleRecords records_;
  std::map<std::string, std::deque<Decision>> recent_;  // by schedule, newest first
  ScheduleChanges changes_;
  bool writing_ = false;
  std::function<void()> idle_;
  std::vector<std::function<void(const Decision&)>> observers_;
};

}  // namespace nbasync
