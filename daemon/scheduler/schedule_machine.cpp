#include "scheduler/schedule_machine.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "base/format.hpp"
#include "scheduler/retry.hpp"
#include "scheduler/schedule_words.hpp"

namespace nbasync {
namespace {

bool is_punctual(const ScheduleSpec& spec, SystemTime nominal, SystemTime now) {
  return now - start_of(spec, nominal) <= kPunctual;
}

}  // namespace

ScheduleMachine::ScheduleMachine(const std::optional<ScheduleMemory>& memory) {
  if (!memory) return;
  rule_ = memory->rule;
  spec_.sync_type = memory->sync_type;
  progress_ = {memory->decided_until, memory->last_end};
  live_.last_end = memory->last_end;
  backlog_.assign(memory->backlog.begin(), memory->backlog.end());
  if (!memory->nominal) return;
  const Turn turn{*memory->nominal, memory->retry, memory->steps, memory->failed_run,
                  memory->because};
  if (memory->retry_at) {
    run_ = RetryWaiting{turn, *memory->retry_at};
  } else {
    run_ = UnderWay{turn, memory->run_id};
  }
}

ScheduleMemory ScheduleMachine::memory() const {
  ScheduleMemory memory{rule_, progress_.decided_until};
  memory.sync_type = spec_.sync_type;
  if (spec_.live) return memory;  // the next poll is soon
  if (has_own_pace(spec_)) memory.last_end = progress_.last_end;
  memory.backlog.assign(backlog_.begin(), backlog_.end());
  const auto keep = [&](const Turn& turn) {
    memory.nominal = turn.nominal;
    memory.retry = turn.retry;
    memory.steps = turn.steps;
    memory.failed_run = turn.failed_run;
    memory.because = turn.because;
  };
  if (const auto* under_way = std::get_if<UnderWay>(&run_)) {
    if (under_way->outdated) return memory;
    keep(under_way->turn);
    memory.run_id = under_way->run_id;
  } else if (const auto* waiting = std::get_if<RetryWaiting>(&run_)) {
    keep(waiting->turn);
    memory.retry_at = waiting->at;
  }
  return memory;
}

ScheduleMachine::Tells ScheduleMachine::load(const ScheduleSpec& spec, const Moment& moment) {
  Tells tells;
  auto rule = describe(spec);
  const bool other_rule = rule != rule_;
  if (other_rule) progress_.decided_until = moment.now;
  if (other_rule) drop_backlog("its rule was changed before", tells);
  const bool other_type = !spec_.sync_type.empty() && spec.sync_type != spec_.sync_type;
  if (other_rule || other_type) {
    give_up_retry(kReconfigured, tells);
    if (auto* under_way = std::get_if<UnderWay>(&run_)) under_way->outdated = true;
  }
  spec_ = spec;
  spec_.jitter = jitter_of(spec);
  rule_ = std::move(rule);
  steadiness_ = steadiness_of(spec_);
  return tells;
}

ScheduleMachine::Step ScheduleMachine::advance(const Moment& moment) {
  Step step;
  next({}, {});
  if (moment.stopping) {
    why_ = "the daemon is stopping";
    return step;
  }
  right(moment, step.tells);
  if (moment.paused) {
    why_ = "schedules are paused";
  } else if (has_own_pace(spec_)) {
    advance_own_pace(moment, step);
  } else {
    advance_rule(moment, step);
    make_up(moment, step);
  }
  return step;
}

// The clock may have gone back. What waits for a time that was wrong would wait for ever.
void ScheduleMachine::right(const Moment& moment, Tells& tells) {
  if (live_.last_end) live_.last_end = std::min(*live_.last_end, moment.now);
  if (auto* waiting = std::get_if<RetryWaiting>(&run_)) {
    const auto delay = retry_delay(retry_of(spec_), waiting->turn.retry);
    waiting->at = std::min(waiting->at, moment.now + delay);
  }
  if (!set_right(progress_, steadiness_, moment.now)) return;
  if (!backlog_.empty() && backlog_.back() > moment.now) {
    drop_backlog("the clock was set back before", tells);
  }
}

void ScheduleMachine::advance_rule(const Moment& moment, Step& step) {
  const Plan planned = plan(spec_, progress_, moment.now);
  if (!planned.due.empty()) {
    const auto run = to_run(spec_, planned, moment.now);
    if (run.size() < planned.due.size() || planned.more_due) {
      step.tells.push_back(missed(spec_, planned, run));
    }
    progress_.decided_until = planned.due.back();
    give_up_retry(format("its next time, {}, has come", format_utc(planned.due.back())),
                  step.tells);
    take(run, moment, step.tells);
  }
  next(planned.next, planned.start);
}

// A time that comes while the run before it is under way is not made up for.
void ScheduleMachine::take(const std::vector<SystemTime>& times, const Moment& moment,
                           Tells& tells) {
  const auto* under_way = std::get_if<UnderWay>(&run_);
  if (under_way != nullptr && backlog_.empty() && times.size() == 1 &&
      is_punctual(spec_, times.front(), moment.now)) {
    tells.push_back(
        {spec_.overlap == Overlap::kJoin ? DecisionKind::kJoined : DecisionKind::kSkipped,
         format("due at {}, but its run {} is under way already", format_utc(times.front()),
                under_way->run_id),
         under_way->run_id, times});
    return;
  }
  backlog_.insert(backlog_.end(), times.begin(), times.end());
  if (backlog_.size() <= kMostCatchUps) return;
  const auto excess = static_cast<std::ptrdiff_t>(backlog_.size() - kMostCatchUps);
  tells.push_back(dropped({backlog_.begin(), backlog_.begin() + excess},
                          format("more than {} wait to be made up for", kMostCatchUps)));
  backlog_.erase(backlog_.begin(), backlog_.begin() + excess);
}

// One after another; and a retry, for which nothing else waits.
void ScheduleMachine::make_up(const Moment& moment, Step& step) {
  if (is_under_way() || step.ask) return;
  if (const auto* waiting = std::get_if<RetryWaiting>(&run_)) {
    if (waiting->at <= moment.now) {
      ask(waiting->turn, moment, step);
    } else if (!start_ || waiting->at < *start_) {
      start_ = waiting->at;
      why_ = waiting->turn.because;
    }
    return;
  }
  while (!backlog_.empty() && !step.ask) {
    const auto nominal = backlog_.front();
    backlog_.pop_front();
    if (is_worth_running(spec_, nominal, moment.now)) {
      ask({nominal}, moment, step);
    } else {
      step.tells.push_back(dropped({nominal}, why_not_made_up(spec_)));
    }
  }
}

void ScheduleMachine::advance_own_pace(const Moment& moment, Step& step) {
  if (const auto* under_way = std::get_if<UnderWay>(&run_)) {
    why_ = format("run {} is under way", under_way->run_id);
    return;
  }
  if (spec_.live) {
    advance_live(moment, step);
    return;
  }
  Plan planned = plan(spec_, progress_, moment.now);
  if (!planned.due.empty()) {
    give_up_retry("its next time has come", step.tells);
    progress_.decided_until = moment.now;
    if (!to_run(spec_, planned, moment.now).empty()) {
      ask({planned.due.back()}, moment, step);
      return;
    }
    step.tells.push_back(missed(spec_, planned, {}));
    progress_.last_end = moment.now;
    planned = plan(spec_, progress_, moment.now);
  }
  next(planned.next, planned.start);
  make_up(moment, step);
}

void ScheduleMachine::advance_live(const Moment& moment, Step& step) {
  const auto planned = plan_live(*spec_.live, moment.games, live_, moment.now);
  next(planned.next, planned.next);
  why_ = planned.why;
  if (start_ && *start_ <= moment.now) ask({*start_}, moment, step);
}

void ScheduleMachine::ask(Turn turn, const Moment& moment, Step& step) {
  auto kind = DecisionKind::kFired;
  if (turn.retry > 0) {
    kind = DecisionKind::kRetried;
  } else if (!spec_.live && !is_punctual(spec_, turn.nominal, moment.now)) {
    kind = DecisionKind::kCaughtUp;
  }
  auto cause = turn.retry > 0 ? turn.because
               : spec_.live   ? why_
                              : cause_of(spec_, turn.nominal, moment.now);
  run_ = Idle{};
  pending_ = turn;
  step.ask = Ask{std::move(turn), kind, std::move(cause)};
}

void ScheduleMachine::next(std::optional<SystemTime> nominal, std::optional<SystemTime> start) {
  start_ = start;
  why_ = why_next(spec_, progress_, nominal);
}

void ScheduleMachine::drop_backlog(const std::string& why, Tells& tells) {
  if (backlog_.empty()) return;
  tells.push_back(dropped({backlog_.begin(), backlog_.end()}, why));
  backlog_.clear();
}

ScheduleMachine::Tells ScheduleMachine::pause() {
  Tells tells;
  drop_backlog("schedules were paused before", tells);
  give_up_retry("schedules are paused", tells);
  return tells;
}

void ScheduleMachine::resume(SystemTime now) {
  progress_.decided_until = std::max(progress_.decided_until, now);
}

}  // namespace nbasync
