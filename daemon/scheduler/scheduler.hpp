#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/read_pool.hpp"
#include "protocol/schedules.hpp"
#include "protocol/status.hpp"
#include "scheduler/decision_log.hpp"
#include "scheduler/games_reader.hpp"
#include "scheduler/schedule_machine.hpp"
#include "sync/sync_service.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Asks the service for syncs when schedules come due. Wall time plans, the wheel's monotonic time
// waits: whenever the clock turns out to be another than thought, everything is planned anew. Loop
// thread.
class Scheduler {
 public:
  // All must outlive it. `decisions` has the state of the last process.
  Scheduler(ReadPool& readers, TimerWheel& wheel, const Clock& clock, SyncService& service,
            DecisionLog& decisions);

  // Puts these schedules in force. One that is there, or was when the last process ended, with the
  // same rule keeps its state; of another rule, only times from now on count.
  void load(const std::vector<ScheduleSpec>& specs);

  // `by`: who asks, for the record. What comes due while they are paused is not missed, and not
  // made up for. Kept across restarts.
  void pause(const std::string& by);
  void resume(const std::string& by);
  bool paused() const { return paused_; }

  // The wall clock was set, by so much, or the machine slept.
  void clock_set(SystemTime::duration by);

  // Fires nothing any more.
  void stop();

  std::vector<protocol::ScheduleState> schedules() const;

  // Throws Error(kUnknownSchedule), with the nearest known name.
  protocol::Explanation explain(const std::string& name) const;
  std::vector<protocol::Explanation> explain_all() const;

  // For as long as it lives: called when paused() has changed.
  void observe_paused(std::function<void()> observer);

 private:
  // A schedule, with the timer for its machine's next start.
  struct Entry {
    ScheduleMachine machine;
    std::unique_ptr<Timer> timer;
  };

  Entry make_entry(const std::string& name);
  void advance_all();
  void advance(Entry& entry);
  void carry_out(Entry& entry, const Ask& ask);
  void admitted(const std::string& name, const std::string& run_id, const Admission& admission);
  void ended(const std::string& name, const RunRecord& run);
  void arm(Entry& entry);
  void read_games();
  void advance_live();
  Moment moment() const { return {clock_.wall(), paused_, stopped_, games_.games()}; }
  void record(const Entry& entry, const std::vector<Tell>& tells);
  void decide_for_all(DecisionKind kind, const std::string& reason);
  const RunRecord* last_run(const std::string& name) const;

  TimerWheel& wheel_;
  const Clock& clock_;
  SyncService& service_;
  DecisionLog& decisions_;
  std::map<std::string, Entry> entries_;        // by name
  std::vector<std::string> order_;              // names, as configured
  std::map<std::string, RunRecord> last_runs_;  // by name; while one runs, as far as it is known
  GamesReader games_;
  bool paused_;
  bool stopped_ = false;
  std::vector<std::function<void()>> observers_;
};

}  // namespace nbasync
