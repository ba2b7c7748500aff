#include "schedule/schedule_spec.hpp"

#include <algorithm>

#include "base/duration.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

// With less the next time comes soon enough.
constexpr Duration kLeastForRetry{std::chrono::minutes(10)};

}  // namespace

std::string describe(const ScheduleSpec& spec) {
  if (spec.cron) return Schedule(*spec.cron, spec.zone).describe();
  if (spec.live) {
    return format("live every {}, from {} before tip-off", format_duration(spec.live->every),
                  format_duration(spec.live->before_tipoff));
  }
  return format("every {}{}", format_duration(spec.every.value_or(Duration{})),
                spec.aligned ? "" : " from the end of the last run");
}

Schedule rule_of(const ScheduleSpec& spec) {
  return spec.cron ? Schedule(*spec.cron, spec.zone) : Schedule(spec.every.value_or(Duration{}));
}

bool has_own_pace(const ScheduleSpec& spec) { return spec.live || (spec.every && !spec.aligned); }

Gaps gaps_of(const ScheduleSpec& spec) {
  if (spec.cron) {
    const auto gaps = spec.cron->gaps();
    return {gaps.shortest, gaps.longest};
  }
  const Duration pace = spec.live ? spec.live->every : spec.every.value_or(Duration{});
  return {pace, std::min<Duration>(pace, std::chrono::hours(24))};
}

RetryRule retry_of(const ScheduleSpec& spec) {
  if (spec.live) return {.times = 0};
  if (spec.retry) return *spec.retry;
  if (gaps_of(spec).shortest < kLeastForRetry) return {.times = 0};
  return {};
}

Duration jitter_of(const ScheduleSpec& spec) {
  if (spec.jitter <= Duration::zero() || !spec.cron) return spec.jitter;
  return std::min(spec.jitter, gaps_of(spec).shortest - Duration(1));
}

std::optional<std::string> jitter_warning(const ScheduleSpec& spec) {
  const auto possible = jitter_of(spec);
  if (possible == spec.jitter) return std::nullopt;
  return format(
      "schedule {}: jitter {} is not shorter than the time from one start to the next, {}; {} is "
      "used",
      spec.name, format_duration(spec.jitter), format_duration(gaps_of(spec).shortest),
      format_duration(possible));
}

}  // namespace nbasync
