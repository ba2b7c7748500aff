#pragma once

#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "model/run_record.hpp"
#include "schedule/planner.hpp"
#include "schedule/schedule_spec.hpp"
#include "scheduler/live_plan.hpp"
#include "scheduler/schedule_turn.hpp"
#include "store/schedule_store.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// One schedule as a state machine. Pure: it owns no clock, timer or run; whoever drives it gives
// the moment, carries out what it asks, and tells it what came of that. Two regions:
//
//   the rule   how far its times are decided, the next one, and those yet to be made up for
//   the run    Idle → (a time comes: Ask) → UnderWay → (its end) → Idle, or RetryWaiting → (Ask) …
//
// Each nominal time is decided once: asked for, or told as missed, skipped or joined.
class ScheduleMachine {
 public:
  using Tells = std::vector<Tell>;
  struct Step {
    Tells tells;
    std::optional<Ask> ask;
  };

  // As the last process left it; load() follows.
  explicit ScheduleMachine(const std::optional<ScheduleMemory>& memory);

  // Puts a rule in force. With another one than before, only times from now on count, and what was
  // still to be made up for or tried again is given up.
  Tells load(const ScheduleSpec& spec, const Moment& moment);

  // After a restart and load(): what became of the run that was under way, `run`, as the log knows
  // it; null if it never began.
  Tells recover(const RunRecord* run, const Moment& moment);

  // Time has passed or been set, or the games have changed: decides what has come. To be called
  // again after each answer to an Ask, until there is none.
  Step advance(const Moment& moment);

  // The answers: this run was asked for; or none, because an identical one waits or runs.
  void asked(std::string run_id);
  void skipped(const Moment& moment);

  // What became of asked(run_id): its place in the line, which may be another's run; its end.
  Tells admitted(const std::string& run_id, const Admission& admission, const Moment& moment);
  Tells ended(const RunRecord& run, const Moment& moment);

  Tells pause();
  void resume(SystemTime now);

  // What the database has to keep.
  ScheduleMemory memory() const;

  const ScheduleSpec& spec() const { return spec_; }
  const std::string& rule() const { return rule_; }
  const ScheduleProgress& progress() const { return progress_; }
  const LiveProgress& live() const { return live_; }
  const std::deque<SystemTime>& backlog() const { return backlog_; }
  const RunState& run() const { return run_; }
  const std::string& why() const { return why_; }

  // When advance() has something to do, as far as is known; the next start of a run.
  std::optional<SystemTime> start() const { return start_; }

 private:
  void right(const Moment& moment, Tells& tells);
  void advance_rule(const Moment& moment, Step& step);
  void advance_own_pace(const Moment& moment, Step& step);
  void advance_live(const Moment& moment, Step& step);
  void take(const std::vector<SystemTime>& times, const Moment& moment, Tells& tells);
  void make_up(const Moment& moment, Step& step);
  void ask(Turn turn, const Moment& moment, Step& step);
  void next(std::optional<SystemTime> nominal, std::optional<SystemTime> start);
  void failed(const UnderWay& was, const RunRecord& run, const Moment& moment, Tells& tells);
  void never_began(const UnderWay& was, const Moment& moment, Tells& tells);
  void give_up_retry(const std::string& why, Tells& tells);
  void drop_backlog(const std::string& why, Tells& tells);
  bool is_under_way() const { return std::holds_alternative<UnderWay>(run_); }

  ScheduleSpec spec_;
  std::string rule_;       // describe(spec_)
  Duration steadiness_{};  // steadiness_of(spec_)
  ScheduleProgress progress_;
  LiveProgress live_;
  std::deque<SystemTime> backlog_;  // nominal times to be made up for, one after another
  RunState run_;
  std::optional<Turn> pending_;  // of an Ask that is not answered
  std::optional<SystemTime> start_;
  std::string why_;
};

}  // namespace nbasync
