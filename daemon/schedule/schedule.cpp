#include "schedule/schedule.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

// Whether something is due when the clock is changed from showing `before` to showing `after`.
bool is_due_at_change(const Cron& cron, LocalTime before, LocalTime after) {
  const auto next = cron.next_after(std::min(before, after) - std::chrono::seconds(1));
  if (before <= after) return next && *next <= after;  // all that is skipped, and what it shows
  return next == after;
}

// From one change of the clock to the next: what it shows a second time is due a second time.
std::optional<SystemTime> next_of_pace(const Cron& cron, const Zone& zone, SystemTime time) {
  for (;;) {
    const auto [offset, until] = zone.offset_at(time);
    const auto local = cron.next_after(zone.to_local(time));
    if (!local) return std::nullopt;
    const SystemTime due((*local - offset).time_since_epoch());
    if (due < until) return due;
    const auto before =
        LocalTime(std::chrono::floor<std::chrono::seconds>(until.time_since_epoch()) + offset);
    if (is_due_at_change(cron, before, zone.to_local(until))) return until;
    time = until;
  }
}

std::optional<SystemTime> next_of_cron(const Cron& cron, const Zone& zone, SystemTime time) {
  if (cron.is_of_every_hour()) return next_of_pace(cron, zone, time);
  // Later local times are never earlier instants, and what the clock shows at `time` was due by
  // then. In the second pass of an overlap, so was what it shows next.
  for (auto local = cron.next_after(zone.to_local(time)); local; local = cron.next_after(*local)) {
    if (const auto due = zone.to_system(*local); due > time) return due;
  }
  return std::nullopt;
}

SystemTime next_of_period(Duration period, SystemTime anchor, SystemTime time) {
  const auto periods = std::chrono::floor<Duration>(time - anchor).count() / period.count();
  auto due = anchor + periods * period;
  while (due <= time) due += period;
  return due;
}

}  // namespace

Schedule::Schedule(Cron cron, Zone zone) : rule_(CronInZone{std::move(cron), zone}) {}

Schedule::Schedule(Duration period) : rule_(period) {
  if (period <= Duration::zero()) {
    throw Error(Errc::kBadConfiguration, "every: the period must be longer than 0s");
  }
}

std::optional<SystemTime> Schedule::next_after(SystemTime time, SystemTime anchor) const {
  if (const auto* period = std::get_if<Duration>(&rule_)) {
    return next_of_period(*period, anchor, time);
  }
  const auto& [cron, zone] = std::get<CronInZone>(rule_);
  return next_of_cron(cron, zone, time);
}

std::string Schedule::describe() const {
  if (const auto* period = std::get_if<Duration>(&rule_)) {
    return format("every {}", format_duration(*period));
  }
  const auto& [cron, zone] = std::get<CronInZone>(rule_);
  return format("cron '{}' in {}", cron.text(), zone.name());
}

}  // namespace nbasync
