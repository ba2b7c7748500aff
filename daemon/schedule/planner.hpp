#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "schedule/schedule_spec.hpp"

namespace nbasync {

// What is known of a schedule's past.
struct ScheduleProgress {
  SystemTime decided_until;            // each nominal time up to here was run, skipped or missed
  std::optional<SystemTime> last_end;  // of its last run
};

// The most runs that `catch_up: all` makes up for.
inline constexpr std::size_t kMostCatchUps = 24;

// A start that is late by no more than this is on time.
inline constexpr Duration kPunctual{std::chrono::seconds(60)};

// What a schedule has to do, as seen at one moment. Nominal times are what its rule says; a run
// starts at its nominal time plus jitter.
struct Plan {
  // Nominal times whose start has come, oldest first; of more than kMostCatchUps the newest.
  std::vector<SystemTime> due;
  bool more_due = false;            // there are older ones than those in `due`
  std::optional<SystemTime> next;   // the next nominal time
  std::optional<SystemTime> start;  // and when its run starts
};

// The start of the run of this nominal time.
SystemTime start_of(const ScheduleSpec& spec, SystemTime nominal);

// Plans a schedule that is not live. Pure: the wall clock is an argument, and any jump of it is
// just another `now`. Time that was decided once is not decided again when the clock is set back,
// unless by more than a day: then the old time was wrong. A period, which has no hour of its own,
// goes on from the new time.
Plan plan(const ScheduleSpec& spec, const ScheduleProgress& progress, SystemTime now);

// Of the due times those to run now, by `catch_up` and `grace`, oldest first; the others are
// missed.
std::vector<SystemTime> to_run(const ScheduleSpec& spec, const Plan& plan, SystemTime now);

}  // namespace nbasync
