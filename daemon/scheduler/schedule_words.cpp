#include "scheduler/schedule_words.hpp"

#include <algorithm>
#include <cstddef>

#include "base/duration.hpp"
#include "base/format.hpp"
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

}  // namespace

std::string cause_of(const ScheduleEntry& entry, SystemTime nominal, SystemTime now) {
  if (entry.spec.live) return entry.why;
  const auto late = now - start_of(entry.spec, nominal);
  return format("due at {}{}{}", format_utc(nominal), jitter_text(entry.spec, nominal),
                late > kPunctual ? format(", made up for {} late", late_text(late)) : "");
}

std::string missed_reason(const ScheduleSpec& spec, const Plan& plan,
                          const std::vector<SystemTime>& run) {
  std::vector<SystemTime> missed;
  std::ranges::set_difference(plan.due, run, std::back_inserter(missed));
  const bool several = missed.size() > 1 || plan.more_due;
  std::string when = format_utc(missed.back());
  if (several) {
    when =
        format("{}{} times, the last {}", plan.more_due ? "more than " : "", missed.size(), when);
  }
  const bool too_late = run.empty() && spec.catch_up != CatchUp::kNone;
  return format("{}: the daemon did not run then, or the clock was set forward; {}", when,
                too_late ? format("later than grace {}", format_duration(spec.grace))
                         : format("catch_up is {}", word_of(spec.catch_up)));
}

std::string twin_reason(const SyncJob& twin) {
  const bool runs = twin.started_at != SystemTime{};
  return format("an identical sync {} already: run {}, asked for by {}", runs ? "runs" : "waits",
                twin.run_id, requester_of(twin.request));
}

std::string why_next(const ScheduleEntry& entry) {
  if (!entry.nominal) return "it never comes due";
  if (entry.spec.every && !entry.spec.aligned) {
    return entry.progress.last_end
               ? format("{} after the end of its last run{}", format_duration(*entry.spec.every),
                        jitter_text(entry.spec, *entry.nominal))
               : "its first run";
  }
  return format("due at {}{}", format_utc(*entry.nominal), jitter_text(entry.spec, *entry.nominal));
}

protocol::ScheduleState state_of(const ScheduleEntry& entry) {
  protocol::ScheduleState state{
      entry.spec.name, entry.spec.sync_type, entry.rule, entry.start, {}, {}, {}, entry.why};
  if (entry.last) {
    state.last = entry.last->started_at;
    state.last_status = entry.last->status;
    state.last_run_id = entry.last->run_id;
  }
  return state;
}

std::vector<std::string> reasons_of(const ScheduleEntry& entry, bool paused) {
  const auto& spec = entry.spec;
  std::vector<std::string> reasons = {format("the rule: {} {}", spec.sync_type, entry.rule)};
  if (!spec.live) {
    reasons.push_back(format("each time up to {} is decided: run, skipped or missed",
                             format_utc(entry.progress.decided_until)));
  }
  if (entry.last) {
    reasons.push_back(format("its last run, {}, {}", entry.last->run_id,
                             entry.last->completed_at
                                 ? format("ended {} at {}", to_string(entry.last->status),
                                          format_utc(*entry.last->completed_at))
                                 : "is under way"));
  }
  if (spec.live && entry.live.quiet > 0) {
    reasons.push_back(format("{} polls in a row brought nothing new", entry.live.quiet));
  }
  if (!entry.backlog.empty()) {
    reasons.push_back(format("{} missed times are still to be made up for", entry.backlog.size()));
  }
  if (paused) {
    reasons.emplace_back("schedules are paused; resume with nbasyncctl resume");
  } else if (entry.start) {
    reasons.push_back(format("{}: so it starts at {}", entry.why, format_utc(*entry.start, true)));
  } else {
    reasons.push_back(entry.why);
  }
  return reasons;
}

}  // namespace nbasync
