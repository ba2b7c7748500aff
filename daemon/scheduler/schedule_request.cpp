#include "scheduler/schedule_request.hpp"

#include <string>
#include <utility>

#include "base/uuid.hpp"

namespace nbasync {

SyncRequest request_of(const ScheduleSpec& spec, const Ask& ask) {
  SyncRequest request;
  request.sync_type = spec.sync_type;
  request.season = spec.season;
  request.steps = ask.turn.steps;
  request.triggered_by = std::string(kSchedulePrefix) + spec.name;
  request.requester = request.triggered_by;
  request.if_busy = IfBusy::kQueue;
  request.decision = ask.decision;
  request.cause = ask.cause;
  return request;
}

SyncRequest full_request(const Turn& turn, std::string_view by, std::string cause) {
  SyncRequest request;
  request.sync_type = kFullSync;
  request.steps = turn.steps;
  request.triggered_by = request.requester = by;
  request.if_busy = IfBusy::kJoin;
  request.decision = turn.retry > 0 ? DecisionKind::kRetried : DecisionKind::kFired;
  request.cause = std::move(cause);
  request.run_id = make_uuid();
  return request;
}

}  // namespace nbasync
