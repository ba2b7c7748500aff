#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/read_pool.hpp"
#include "protocol/schedules.hpp"
#include "protocol/status.hpp"
#include "scheduler/decision_log.hpp"
#include "scheduler/schedule_entry.hpp"
#include "store/live_games.hpp"
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

  // Puts these schedules in force. One that was there with the same rule keeps its state; of
  // another rule, only times from now on count.
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

  // For as long as it lives: called when paused() has changed.
  void observe_paused(std::function<void()> observer);

 private:
  void plan_all();
  void plan_entry(ScheduleEntry& entry);
  void plan_live_entry(ScheduleEntry& entry);
  void take_due(ScheduleEntry& entry, const Plan& plan);
  void make_up(ScheduleEntry& entry);
  void arm(ScheduleEntry& entry);
  void timer_fired(const std::string& name);
  void fire(ScheduleEntry& entry, SystemTime nominal);
  void admitted(const std::string& name, const Admission& admission);
  void not_run(ScheduleEntry& entry);
  void ended(const std::string& name, const RunRecord& run);
  void read_games();
  void decide(const ScheduleEntry& entry, DecisionKind kind, const std::string& reason,
              const std::string& run_id);

  ReadPool& readers_;
  TimerWheel& wheel_;
  const Clock& clock_;
  SyncService& service_;
  DecisionLog& decisions_;
  std::map<std::string, ScheduleEntry> entries_;  // by name
  std::vector<std::string> order_;                // names, as configured
  std::vector<LiveGame> games_;
  bool reading_games_ = false;
  bool read_games_again_ = false;
  bool paused_;
  bool stopped_ = false;
  std::vector<std::function<void()>> observers_;
};

}  // namespace nbasync
