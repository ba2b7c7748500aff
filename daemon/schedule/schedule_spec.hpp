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

// How a run that failed or was interrupted is tried again.
struct RetryRule {
  int times = 3;                            // 0: not at all
  Duration after{std::chrono::minutes(5)};  // its end; twice as long before each further try

  friend bool operator==(const RetryRule&, const RetryRule&) = default;
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
  std::optional<RetryRule> retry;  // none: retry_of says

  friend bool operator==(const ScheduleSpec&, const ScheduleSpec&) = default;
};

// "cron '0 9 * * *' in America/Denver", "every 1h from the end of the last run", "live every 30s,
// from 10m before tip-off". Two specs with the same text are due at the same times.
std::string describe(const ScheduleSpec& spec);

// When it is due. Not for a live one, or one that counts from the end of its last run.
Schedule rule_of(const ScheduleSpec& spec);

// The times of a live schedule, and of a period that counts from the end of the last run, follow
// from its runs: while one is under way there is no next.
bool has_own_pace(const ScheduleSpec& spec);

// From one time to the next, where no clock is changed: the shortest, and the longest up to a day.
struct Gaps {
  Duration shortest;
  Duration longest;
};
Gaps gaps_of(const ScheduleSpec& spec);

// Its rule of retries, written or not: without a word a live schedule has none, nor one whose next
// time is less than ten minutes away.
RetryRule retry_of(const ScheduleSpec& spec);

// The jitter that it can have: shorter than its shortest gap, so that no start comes after one of
// the next time.
Duration jitter_of(const ScheduleSpec& spec);

// "schedule often: jitter 10m is …", for the operator; nullopt if it can have what is written.
std::optional<std::string> jitter_warning(const ScheduleSpec& spec);

}  // namespace nbasync
