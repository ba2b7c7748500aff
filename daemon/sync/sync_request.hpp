#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "model/decision.hpp"
#include "model/sync_wish.hpp"

namespace nbasync {

// A wish for a sync, as a front door hands it in. Empty options take the configuration's value.
struct SyncRequest : SyncWish {
  std::vector<std::string> steps;                    // of a full run, which to do; empty: all
  std::string run_id;                                // empty: one is made
  std::string triggered_by;                          // "dbus", "http", "once", "schedule:NAME"
  std::string requester;                             // who asks, for people: ":1.42"
  DecisionKind decision = DecisionKind::kRequested;  // for the record of decisions
  std::string cause;  // why it is made, for that record; of a schedule
};

// "schedule:NAME" as triggered_by, and back: empty if it is no schedule's.
inline constexpr std::string_view kSchedulePrefix = "schedule:";
inline std::string schedule_of(const SyncRequest& request) {
  return request.triggered_by.starts_with(kSchedulePrefix)
             ? request.triggered_by.substr(kSchedulePrefix.size())
             : std::string();
}

// A request that has been given an id: it waits for the lock or holds it.
struct SyncJob {
  std::string run_id;
  SyncRequest request;  // season, timeouts and if_busy filled in
  SystemTime requested_at;
  SystemTime started_at;  // once it holds the lock
};

// Why a request cannot be admitted.
struct Refusal {
  Errc code = Errc::kInternal;
  std::string message;            // the sentence, for people
  std::optional<SyncJob> holder;  // for kSyncInProgress and kQueueFull
  std::size_t queue_length = 0;
};

// The answer to a request.
struct Admission {
  std::string run_id;
  Disposition disposition = Disposition::kStarted;
  std::optional<Refusal> refusal;  // then the rest is void
};

}  // namespace nbasync
