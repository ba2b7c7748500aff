#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "model/run_record.hpp"
#include "protocol/schedules.hpp"
#include "schedule/planner.hpp"
#include "schedule/schedule_spec.hpp"
#include "scheduler/schedule_turn.hpp"
#include "sync/sync_request.hpp"

// What the scheduler has to say, in words.
namespace nbasync {

class ScheduleMachine;

// Why a run of this nominal time is asked for: "due at …", with jitter and lateness where there is
// any.
std::string cause_of(const ScheduleSpec& spec, SystemTime nominal, SystemTime now);

// Why a time whose start is past is not made up for.
std::string why_not_made_up(const ScheduleSpec& spec);

// That the due times that are not in `run` are not made up for, and why.
Tell missed(const ScheduleSpec& spec, const Plan& plan, const std::vector<SystemTime>& run);

inline constexpr const char* kReconfigured = "its configuration was changed";

// That times that were to be made up for are not, after all.
Tell dropped(std::vector<SystemTime> times, const std::string& why);

// Why a schedule does not add a run beside its twin.
std::string twin_reason(const SyncJob& twin);

// That there is no schedule of this name, with the nearest that there is.
Error unknown_schedule(const std::string& name, const std::vector<std::string>& known);

// A few words on the next start.
std::string why_next(const ScheduleSpec& spec, const ScheduleProgress& progress,
                     std::optional<SystemTime> nominal);

// `last`: its last run, as far as that is known; null for none.
protocol::ScheduleState state_of(const ScheduleMachine& machine, const RunRecord* last);

// From the rule to the next start, first cause first.
std::vector<std::string> reasons_of(const ScheduleMachine& machine, const RunRecord* last,
                                    bool paused);

}  // namespace nbasync
