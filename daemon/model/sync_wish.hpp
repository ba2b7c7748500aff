#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "model/words.hpp"

namespace nbasync {

// What to do when another sync holds the lock or waits for it.
enum class IfBusy {
  kQueue,  // wait, in arrival order
  kFail,   // be refused at once
  kJoin,   // be told the result of an identical run that waits or runs; else wait
};

template <>
struct Words<IfBusy> {
  static constexpr auto table = std::to_array<WordOf<IfBusy>>({
      {IfBusy::kQueue, "queue"},
      {IfBusy::kFail, "fail"},
      {IfBusy::kJoin, "join"},
      {IfBusy::kQueue, "wait"},
  });
};

// What became of a request that was not refused.
enum class Disposition { kStarted, kQueued, kJoined, kDryRun };

template <>
struct Words<Disposition> {
  static constexpr auto table = std::to_array<WordOf<Disposition>>({
      {Disposition::kStarted, "started"},
      {Disposition::kQueued, "queued"},
      {Disposition::kJoined, "joined"},
      {Disposition::kDryRun, "dry-run"},
  });
  static constexpr auto unknown = Disposition::kQueued;
};

// A wish for a sync, as a caller words it. What is empty, the daemon decides.
struct SyncWish {
  std::string sync_type;
  std::string season = {};  // "2025-26", or "auto"
  std::optional<bool> wait = {};
  std::optional<IfBusy> if_busy = {};    // overrides wait
  std::optional<Duration> timeout = {};  // for the lock
  std::optional<Duration> run_timeout = {};
  bool dry_run = false;
  bool force = false;
  bool interactive = false;  // a person may be asked for a password
  bool async = false;        // answer at admission, not at the end
};

}  // namespace nbasync
