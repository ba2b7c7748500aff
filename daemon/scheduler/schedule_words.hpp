#pragma once

#include <string>
#include <vector>

#include "protocol/schedules.hpp"
#include "scheduler/schedule_entry.hpp"
#include "sync/sync_request.hpp"

// What the scheduler has to say, in words.
namespace nbasync {

// Why a run of this nominal time is asked for: "due at …", with jitter and lateness where there is
// any.
std::string cause_of(const ScheduleEntry& entry, SystemTime nominal, SystemTime now);

// Why the due times that are not in `run` are not made up for.
std::string missed_reason(const ScheduleSpec& spec, const Plan& plan,
                          const std::vector<SystemTime>& run);

// Why a schedule does not add a run beside its twin.
std::string twin_reason(const SyncJob& twin);

// A few words on the next start.
std::string why_next(const ScheduleEntry& entry);

protocol::ScheduleState state_of(const ScheduleEntry& entry);

// From the rule to the next start, first cause first.
std::vector<std::string> reasons_of(const ScheduleEntry& entry, bool paused);

}  // namespace nbasync
