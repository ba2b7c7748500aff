#pragma once

#include <stdexcept>
#include <string_view>
#include <utility>

#include "base/text.hpp"

namespace nbasync {

// What went wrong, as programs see it. protocol/errors.hpp maps each to its D-Bus name, HTTP
// status, stable word and exit code: the one table.
enum class Errc {
  kInternal,
  kInvalidArgument,
  kUnknownType,
  kUnknownRun,
  kUnknownSchedule,
  kChangesGone,  // rows of the feed of changes that are kept no longer
  kSyncInProgress,
  kLockTimeout,
  kQueueFull,
  kPaused,
  kShuttingDown,
  kAccessDenied,
  kDaemonUnreachable,
  kBadConfiguration,
  kUpstreamUnreachable,  // DNS, refused, reset, TLS
  kUpstreamTimeout,      // no or too slow an answer
  kUpstreamBlocked,      // the host refuses us, or its circuit is open
  kUpstreamStatus,       // an HTTP status that is no success
  kUpstreamMalformed,    // an answer that is not what the endpoint gives
  kUpstreamEmpty,        // an answer without rows where we have rows
  kUpstreamShort,        // an answer that lacks rows that we have, or that there must be
  kStorage,
  kStorageBusy,
  kStorageFull,
  kStorageNewer,     // the database has a newer schema than ours
  kStorageReplaced,  // the database is another file than the one that was open
  kCancelled,
  kRunTimeout,
  kInterrupted,
};

// The one exception type of blocking code. The message reads "what: object: why; hint" and is fit
// to be shown to the operator as it is: on one line, printable, of kLongestMessage at most.
class Error : public std::runtime_error {
 public:
  Error(Errc code, std::string_view message)
      : std::runtime_error(printable(message, kLongestMessage)), code_(code) {}

  Errc code() const noexcept { return code_; }

 private:
  Errc code_;
};

}  // namespace nbasync
