#pragma once

#include <string>

#include "ctl/transport/answer.hpp"
#include "model/sync_event.hpp"

namespace nbasync::ctl {

// Something that happened to a run. The name is a word of SyncEvent::Kind, or one that only a newer
// client knows; SyncEvent::kind is not set.
struct Event {
  std::string name;
  Answer<SyncEvent> told;

  bool is(SyncEvent::Kind kind) const { return name == to_string(kind); }
};

// An event as the daemon's JSON tells it.
Event event_of(std::string name, nlohmann::json data);

// The run that an event has, as kFinished does.
Answer<RunRecord> run_of(const Event& event);

// A run's end.
Event finished_event(const Answer<RunRecord>& run);

}  // namespace nbasync::ctl
