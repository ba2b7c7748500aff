#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "model/run_record.hpp"

namespace nbasync {

// What to do when another sync holds the lock or waits for it.
enum class IfBusy {
  kQueue,  // wait, in arrival order
  kFail,   // be refused at once
  kJoin,   // be told the result of an identical run that waits or runs; else wait
};

// A wish for a sync, as a front door hands it in. Empty options take the configuration's value.
struct SyncRequest {
  std::string sync_type;
  std::string season;        // "2025-26", "auto", or empty for the configuration's
  std::string triggered_by;  // "dbus", "http", "once", "schedule:NAME"
  std::string requester;     // who asks, for people: ":1.42"
  std::optional<bool> wait;
  std::optional<Duration> timeout;  // for the lock
  std::optional<IfBusy> if_busy;    // overrides wait
  std::optional<Duration> run_timeout;
  bool dry_run = false;
  bool force = false;
  std::string decision = "requested";  // the word for the record of decisions: "fired", "caught-up"
  std::string cause;                   // why it is made, for that record; of a schedule
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

enum class Disposition { kStarted, kQueued, kJoined, kDryRun };

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
