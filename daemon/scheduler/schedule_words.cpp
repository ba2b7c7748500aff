#include "scheduler/schedule_words.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <variant>

#include "base/duration.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "scheduler/schedule_machine.hpp"
#include "sync/describe_job.hpp"

namespace nbasync {
namespace {

std::string jitter_text(const ScheduleSpec& spec, SystemTime nominal) {
  const auto delay = std::chrono::duration_cast<Duration>(start_of(spec, nominal) - nominal);
  return delay.count() == 0 ? "" : format(" + {} jitter", format_duration(delay));
}

const char* word_of(CatchUp catch_up) {
  switch (catch_up) {
    case CatchUp::kNone:
      return "none";
    case CatchUp::kLatest:
      return "latest";
    case CatchUp::kAll:
      break;
  }
  return "all";
}

std::string late_text(SystemTime::duration late) {
  return format_duration(
      std::chrono::duration_cast<Duration>(std::chrono::floor<std::chrono::seconds>(late)));
}

// "2026-01-15T12:00:00Z", "more than 24 times, the last …".
std::string times_text(const std::vector<SystemTime>& times, bool more) {
  auto last = format_utc(times.back());
  if (times.size() == 1 && !more) return last;
  return format("{}{} times, the last {}", more ? "more than " : "", times.size(), last);
}

}  // namespace

std::string cause_of(const ScheduleSpec& spec, SystemTime nominal, SystemTime now) {
  const auto late = now - start_of(spec, nominal);
  return format("due at {}{}{}", format_utc(nominal), jitter_text(spec, nominal),
                late > kPunctual ? format(", made up for {} late", late_text(late)) : "");
}

std::string why_not_made_up(const ScheduleSpec& spec) {
  return spec.catch_up == CatchUp::kNone
             ? std::string("catch_up is none")
             : format("later than grace {}", format_duration(spec.grace));
}

Tell missed(const ScheduleSpec& spec, const Plan& plan, const std::vector<SystemTime>& run) {
  Tell tell{DecisionKind::kMissed, {}, {}, {}, {}};
  std::ranges::set_difference(plan.due, run, std::back_inserter(tell.times));
  if (plan.more_due) tell.all_before = plan.due.front();
  const auto when = tell.times.empty() ? format("all before {}", format_utc(plan.due.front()))
                                       : times_text(tell.times, plan.more_due);
  const auto why =
      run.empty() ? why_not_made_up(spec) : format("catch_up is {}", word_of(spec.catch_up));
  const bool all = spec.catch_up == CatchUp::kAll && plan.more_due;
  tell.reason = format("{}: the daemon did not run then, or the clock was set forward; {}{}", when,
                       why, all ? format(", of which {} at most", kMostCatchUps) : "");
  return tell;
}

Tell dropped(std::vector<SystemTime> times, const std::string& why) {
  auto reason = format("{}: not made up for: {}", times_text(times, false), why);
  return {DecisionKind::kMissed, std::move(reason), {}, std::move(times)};
}

std::string twin_reason(const SyncJob& twin) {
  const bool runs = twin.started_at != SystemTime{};
  return format("an identical sync {} already: run {}, asked for by {}", runs ? "runs" : "waits",
                twin.run_id, requester_of(twin.request));
}

Error unknown_schedule(const std::string& name, const std::vector<std::string>& known) {
  return {
      Errc::kUnknownSchedule,
      format("there is no schedule '{}'{}", name,
             known.empty() ? "; none is configured" : suggest(name, {known.begin(), known.end()}))};
}

std::string why_next(const ScheduleSpec& spec, const ScheduleProgress& progress,
                     std::optional<SystemTime> nominal) {
  if (!nominal) return "it never comes due";
  if (has_own_pace(spec)) {
    return progress.last_end ? format("{} after the end of its last run{}",
                                      format_duration(spec.every.value_or(Duration{})),
                                      jitter_text(spec, *nominal))
                             : "its first run";
  }
  return format("due at {}{}", format_utc(*nominal), jitter_text(spec, *nominal));
}

std::string retries_text(const RetryRule& rule) {
  if (rule.times == 0) return "a run that fails or is interrupted is not tried again";
  return format(
      "a run that fails or is interrupted is tried again {} after {}{}, never past the next time",
      rule.times == 1 ? "once," : format("up to {} times,", rule.times),
      format_duration(rule.after), rule.times == 1 ? "" : " and then twice as long each time");
}

protocol::ScheduleState state_of(const ScheduleMachine& machine, const RunRecord* last) {
  const auto& spec = machine.spec();
  protocol::ScheduleState state{
      spec.name, spec.sync_type, machine.rule(), machine.start(), {}, {}, {}, machine.why(), {},
      {}};
  if (last != nullptr) {
    state.last = last->started_at;
    state.last_status = last->status;
    state.last_run_id = last->run_id;
  }
  if (const auto* waiting = std::get_if<RetryWaiting>(&machine.run())) {
    state.retry_at = waiting->at;
    state.retry = waiting->turn.retry;
  }
  return state;
}

std::vector<std::string> reasons_of(const ScheduleMachine& machine, const RunRecord* last,
                                    bool paused) {
  const auto& spec = machine.spec();
  std::vector<std::string> reasons = {format("the rule: {} {}", spec.sync_type, machine.rule())};
  if (!spec.live) {
    reasons.push_back(format("each time up to {} is decided: run, skipped or missed",
                             format_utc(machine.progress().decided_until)));
  }
  if (last != nullptr) {
    reasons.push_back(format("its last run, {}, {}", last->run_id,
                             last->completed_at ? format("ended {} at {}", to_string(last->status),
                                                         format_utc(*last->completed_at))
                                                : "is under way"));
  }
  if (spec.live && machine.live().quiet > 0) {
    reasons.push_back(format("{} polls in a row brought nothing new", machine.live().quiet));
  }
  reasons.push_back(retries_text(retry_of(spec)));
  if (const auto* waiting = std::get_if<RetryWaiting>(&machine.run())) {
    reasons.push_back(format("{}: at {}", waiting->turn.because, format_utc(waiting->at)));
  }
  if (!machine.backlog().empty()) {
    reasons.push_back(
        format("{} missed times are still to be made up for", machine.backlog().size()));
  }
  if (paused) {
    reasons.emplace_back("schedules are paused; resume with nbasyncctl resume");
  } else if (machine.start()) {
    reasons.push_back(
        format("{}: so it starts at {}", machine.why(), format_utc(*machine.start(), true)));
  } else {
    reasons.push_back(machine.why());
  }
  return reasons;
}

}  // namespace nbasync
