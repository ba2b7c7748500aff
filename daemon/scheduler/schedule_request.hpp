#pragma once

#include "schedule/schedule_spec.hpp"
#include "scheduler/schedule_turn.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// What a schedule asks of the service. How long it waits is left to the caller.
SyncRequest request_of(const ScheduleSpec& spec, const Ask& ask);

}  // namespace nbasync
