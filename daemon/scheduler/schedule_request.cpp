#include "scheduler/schedule_request.hpp"

#include <string>

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

}  // namespace nbasync
