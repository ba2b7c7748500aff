#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/result.hpp"
#include "model/sync_event.hpp"
#include "protocol/status.hpp"
#include "sync/run_history.hpp"
#include "sync/run_listeners.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// All that the front doors know of syncing: they translate, this decides. Loop thread. Callers and
// observers are told in turns of the loop of their own, in the order in which things happened:
// never inside a call, so they may ask, cancel and stop at once. Each callback of a call comes
// exactly once.
class SyncFront {
 public:
  virtual ~SyncFront() = default;

  // `admitted` is told whether the request got its place; then, unless it was refused, `done` the
  // run's end, or that the wait for the lock was over. Both may be empty.
  virtual void sync(SyncRequest request, std::function<void(const Admission&)> admitted,
                    std::function<void(const RunRecord&)> done) = 0;

  // Cancels a waiting or running run. `done` is told whether there is one of that id whose work is
  // not done, or why that cannot be known.
  virtual void cancel(const std::string& run_id, std::function<void(const Result<bool>&)> done) = 0;

  // Replies when the run has ended: at once if it has; kUnknownRun if there is none, kLockTimeout
  // when `timeout` is over first.
  virtual void await_run(const std::string& run_id, std::optional<Duration> timeout,
                         std::function<void(RunReply)> done) = 0;

  virtual void find_run(const std::string& run_id, std::function<void(RunReply)> done) = 0;
  virtual void list_runs(unsigned limit, RunFilter filter,
                         std::function<void(RunsReply)> done) const = 0;

  // Without the recent runs; and these, newest first, until the next turn of the loop: they are
  // most of a status, and who tells them need not copy them.
  virtual protocol::Status brief_status() const = 0;
  virtual const std::deque<RunRecord>& recent() const = 0;

  // The one that holds the lock; null if there is none. Until the next turn of the loop.
  virtual const SyncJob* current() const = 0;
  virtual std::size_t queue_length() const = 0;

  // When each type last ended with success, of the season in force.
  virtual const RunHistory::Times& last_success() const = 0;

  // How many requests were turned away for want of the lock, since the start, by the reason; a
  // caller whose wait was over counts as kLockTimeout.
  virtual const std::map<Errc, std::uint64_t>& refusals() const = 0;

  // For as long as it lives.
  virtual void observe(std::function<void(const SyncEvent&)> observer) = 0;
};

}  // namespace nbasync
