#include "schedule/planner.hpp"

#include <algorithm>

#include "schedule/jitter.hpp"

namespace nbasync {
namespace {

constexpr auto kWrongClock = std::chrono::hours(24);

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

Plan plan_after_last_run(const ScheduleSpec& spec, const ScheduleProgress& progress,
                         SystemTime now) {
  // The first run is due at once; while one runs, its end is waited for.
  SystemTime nominal = progress.decided_until;
  if (progress.last_end) nominal = std::min(*progress.last_end, now) + *spec.every;
  Plan plan{{}, false, nominal, start_of(spec, nominal)};
  if (*plan.start <= now) plan.due.push_back(nominal);
  return plan;
}

}  // namespace

SystemTime start_of(const ScheduleSpec& spec, SystemTime nominal) {
  return nominal + jitter(spec.name, nominal, spec.jitter);
}

Plan plan(const ScheduleSpec& spec, const ScheduleProgress& progress, SystemTime now) {
  if (spec.every && !spec.aligned) return plan_after_last_run(spec, progress, now);
  const Schedule rule = spec.cron ? Schedule(*spec.cron, spec.zone) : Schedule(*spec.every);
  SystemTime decided = progress.decided_until;
  if (decided > now && (spec.every || decided - now > kWrongClock)) decided = now;

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

std::vector<SystemTime> to_run(const ScheduleSpec& spec, const Plan& plan, SystemTime now) {
  std::vector<SystemTime> run;
  for (const auto nominal : plan.due) {
    const bool latest = nominal == plan.due.back();
    const auto late = now - start_of(spec, nominal);
    const bool punctual = latest && late <= kPunctual;
    const bool wanted =
        spec.catch_up == CatchUp::kAll || (spec.catch_up == CatchUp::kLatest && latest);
    if (punctual || (wanted && late <= spec.grace)) run.push_back(nominal);
  }
  return run;
}

}  // namespace nbasync
