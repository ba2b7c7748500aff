#include "schedule/planner.hpp"

#include <algorithm>

#include "schedule/jitter.hpp"

namespace nbasync {
namespace {

struct Nominals {
  std::vector<SystemTime> times;
  bool more = false;  // older ones in the span
};

// Those later than `from` up to `to`.
std::vector<SystemTime> between(const Schedule& rule, SystemTime from, SystemTime to) {
  std::vector<SystemTime> times;
  for (auto next = rule.next_after(from); next && *next <= to; next = rule.next_after(*next)) {
    times.push_back(*next);
  }
  return times;
}

// The newest of those later than `from` up to `to`. Looks back in doubling steps, so that years of
// minutes cost no more than a few dozen of them.
Nominals newest(const Schedule& rule, SystemTime from, SystemTime to) {
  Nominals result;
  for (SystemTime::duration span = std::chrono::minutes(1);; span *= 2) {
    const bool whole = span >= to - from;
    result.times = between(rule, whole ? from : to - span, to);
    result.more = !whole;
    if (whole || result.times.size() >= kMostCatchUps) break;
  }
  if (result.times.size() > kMostCatchUps) {
    result.more = true;
    result.times.erase(result.times.begin(), result.times.end() - kMostCatchUps);
  }
  return result;
}

// The first run is due at once; while one runs, who calls waits for its end.
Plan plan_after_last_run(const ScheduleSpec& spec, const ScheduleProgress& progress,
                         SystemTime now) {
  const SystemTime nominal =
      progress.last_end ? *progress.last_end + *spec.every : progress.decided_until;
  Plan plan{{}, false, nominal, start_of(spec, nominal)};
  if (*plan.start <= now) plan.due.push_back(nominal);
  return plan;
}

}  // namespace

SystemTime start_of(const ScheduleSpec& spec, SystemTime nominal) {
  const auto start = nominal + jitter(spec.name, nominal, spec.jitter);
  if (!spec.cron || start == nominal) return start;
  const auto next = rule_of(spec).next_after(nominal);
  return next ? std::min(start, *next - Duration(1)) : start;
}

Duration steadiness_of(const ScheduleSpec& spec) {
  constexpr Duration kDay = std::chrono::hours(24);
  const Duration longest = gaps_of(spec).longest;
  const bool is_pace = !spec.cron || longest < std::chrono::hours(1);
  return is_pace ? kPunctual : std::min(3 * longest, kDay);
}

bool set_right(ScheduleProgress& progress, Duration steadiness, SystemTime now) {
  if (progress.last_end) progress.last_end = std::min(*progress.last_end, now);
  if (progress.decided_until <= now + steadiness) return false;
  progress.decided_until = now;
  return true;
}

Plan plan(const ScheduleSpec& spec, const ScheduleProgress& progress, SystemTime now) {
  if (has_own_pace(spec)) return plan_after_last_run(spec, progress, now);
  const Schedule rule = rule_of(spec);
  const SystemTime decided = progress.decided_until;
  Plan plan;
  if (decided < now) {
    auto nominals = newest(rule, decided, now);
    plan.more_due = nominals.more;
    for (const auto nominal : nominals.times) {
      if (start_of(spec, nominal) > now) {
        plan.next = nominal;  // its jitter lasts
        break;
      }
      plan.due.push_back(nominal);
    }
  }
  if (!plan.next) plan.next = rule.next_after(std::max(decided, now));
  if (plan.next) plan.start = start_of(spec, *plan.next);
  return plan;
}

bool is_worth_running(const ScheduleSpec& spec, SystemTime nominal, SystemTime now) {
  const auto late = now - start_of(spec, nominal);
  if (late <= kPunctual) return true;
  return spec.catch_up != CatchUp::kNone && (has_own_pace(spec) || late <= spec.grace);
}

std::vector<SystemTime> to_run(const ScheduleSpec& spec, const Plan& plan, SystemTime now) {
  std::vector<SystemTime> run;
  for (const auto nominal : plan.due) {
    const bool wanted = spec.catch_up == CatchUp::kAll || nominal == plan.due.back();
    if (wanted && is_worth_running(spec, nominal, now)) run.push_back(nominal);
  }
  return run;
}

}  // namespace nbasync
