#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "schedule/cron.hpp"
#include "schedule/schedule.hpp"
#include "schedule/zone.hpp"

namespace nbasync {

// Which of the times that were missed (the daemon was down, the machine slept, the clock was set
// forward) are made up for.
enum class CatchUp { kNone, kLatest, kAll };

// What a scheduled run does when an identical one runs already.
enum class Overlap {
  kSkip,
  kJoin,  // count as that one
};

// Polls a scoreboard quickly while a game is on or about to start, and sleeps otherwise.
struct LiveRule {
  Duration every{std::chrono::seconds(30)};
  Duration before_tipoff{std::chrono::minutes(10)};

  friend bool operator==(const LiveRule&, const LiveRule&) = default;
};

// One schedule, as the operator wrote it. Exactly one of `cron`, `every` and `live` is set.
struct ScheduleSpec {
  std::string name;
  std::string sync_type;
  std::string season;  // empty: the configuration's
  std::optional<Cron> cron;
  Zone zone;  // of `cron`
  std::optional<Duration> every;
  bool aligned =
      true;  // of `every`: on multiples of it since 1970, UTC; else from the last run's end
  std::optional<LiveRule> live;
  Duration jitter{};  // the longest
  CatchUp catch_up = CatchUp::kLatest;
  Duration grace = std::chrono::hours(24);  // what is later than that is not made up for
  Overlap overlap = Overlap::kSkip;

  friend bool operator==(const ScheduleSpec&, const ScheduleSpec&) = default;
};

// "cron '0 9 * * *' in America/Denver", "every 1h from the end of the last run", "live every 30s,
// from 10m before tip-off". Two specs with the same text are due at the same times.
std::string describe(const ScheduleSpec& spec);

}  // namespace nbasync
