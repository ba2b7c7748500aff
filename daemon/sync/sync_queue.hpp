#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>

#include "sync/sync_request.hpp"

namespace nbasync {

// The single lock and the line before it: who holds it, who waits, in which order. Pure: no time,
// no threads, no callbacks. Loop thread.
class SyncQueue {
 public:
  explicit SyncQueue(std::size_t limit) : limit_(limit) {}

  // One that is kept elsewhere, as it stands there: who waits, in order.
  SyncQueue(std::size_t limit, std::optional<SyncJob> holder, std::deque<SyncJob> waiting)
      : limit_(limit), holder_(std::move(holder)), waiting_(std::move(waiting)) {}

  // Lines the job up, or says why not. `request.if_busy` must be set. "Started" means that the lock
  // is free and the job is next: acquire() follows. A job identical to a waiting one becomes that
  // one. A refusal's message is left to the caller, who knows the time.
  Admission join(SyncJob job);

  // Hands the free lock to the first in line; nullptr if it is held or nobody waits.
  const SyncJob* acquire(SystemTime now);

  // The waiting job that answers this request too; nullptr if there is none.
  const SyncJob* find_waiting(const SyncRequest& request) const;

  // Frees the lock. There must be a holder.
  SyncJob release();

  // Takes a waiting job out of the line; nullopt if it does not wait.
  std::optional<SyncJob> leave(std::string_view run_id);

  const SyncJob* holder() const { return holder_ ? &*holder_ : nullptr; }
  const std::deque<SyncJob>& waiting() const { return waiting_; }

  void set_limit(std::size_t limit) { limit_ = limit; }

 private:
  Admission refuse(Errc code) const;

  std::size_t limit_;
  std::optional<SyncJob> holder_;
  std::deque<SyncJob> waiting_;
};

// True if one run can answer both requests.
bool identical(const SyncRequest& a, const SyncRequest& b);

}  // namespace nbasync
