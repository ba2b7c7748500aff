#pragma once

#include <string>
#include <string_view>

#include "schedule/schedule_spec.hpp"
#include "scheduler/schedule_turn.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// What a schedule asks of the service. How long it waits is left to the caller.
SyncRequest request_of(const ScheduleSpec& spec, const Ask& ask);

// A full run that the daemon wants by itself, under an id of its own. `by`: as triggered_by. Nobody
// is kept waiting by it: how long it waits is left to the caller, too.
SyncRequest full_request(const Turn& turn, std::string_view by, std::string cause);

}  // namespace nbasync
