#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "model/run_record.hpp"
#include "schedule/planner.hpp"
#include "schedule/schedule_spec.hpp"
#include "scheduler/live_plan.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// One schedule while the daemon runs: what it is, how far it has come and what it waits for.
struct ScheduleEntry {
  ScheduleSpec spec;
  std::string rule;       // describe(spec)
  Duration steadiness{};  // steadiness_of(spec)
  ScheduleProgress progress;
  LiveProgress live;
  std::optional<RunRecord> last;      // its last run; while that runs, as far as it is known
  bool asking = false;                // a run has been asked for and is not admitted yet
  std::string running;                // run id; empty: none waits or runs
  std::deque<SystemTime> backlog;     // nominal times to be made up for, one after another
  std::optional<SystemTime> nominal;  // what the timer is armed for
  std::optional<SystemTime> start;    // and when
  std::string why;                    // why then, in a few words
  std::unique_ptr<Timer> timer;

  bool is_under_way() const { return asking || !running.empty(); }
  bool has_own_pace() const { return nbasync::has_own_pace(spec); }
};

}  // namespace nbasync
