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

// The start of the run of this nominal time: earlier than the next nominal time, also where a
// change of the clock brings that nearer than it mostly is.
SystemTime start_of(const ScheduleSpec& spec, SystemTime nominal);

// How far the clock may go back without a time of this schedule being decided a second time. A pace
// (a period; a cron that is due at least once in any hour) goes on from the new time: a minute. A
// time of day is not run twice: three times the longest gap of the rule, a day at most. What goes
// back further shows that the time before was wrong.
Duration steadiness_of(const ScheduleSpec& spec);

// Brings what is known in line with a clock that went back: by more than `steadiness`, all goes on
// from now. True if it did. To be called before plan(), whose answer else waits for a time that may
// never come.
bool set_right(ScheduleProgress& progress, Duration steadiness, SystemTime now);

// Plans a schedule that is not live. Pure: the wall clock is an argument, and any jump of it is
// just another `now`. Time that was decided once is not decided again.
Plan plan(const ScheduleSpec& spec, const ScheduleProgress& progress, SystemTime now);

// Whether a run of this nominal time, whose start has come, is worth its while: it is punctual, or
// `catch_up` and `grace` allow it. A period that counts from its last run's end is due until it has
// run, however late.
bool is_worth_running(const ScheduleSpec& spec, SystemTime nominal, SystemTime now);

// Of the due times those to run, by `catch_up` and `grace`, oldest first; the others are missed.
std::vector<SystemTime> to_run(const ScheduleSpec& spec, const Plan& plan, SystemTime now);

}  // namespace nbasync
