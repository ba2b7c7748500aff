#include "sync/sync_queue.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace nbasync {

bool identical(const SyncRequest& a, const SyncRequest& b) {
  const auto key = [](const SyncRequest& request) {
    return std::tie(request.sync_type, request.season, request.dry_run, request.force,
                    request.steps);
  };
  return key(a) == key(b);
}

Admission SyncQueue::refuse(Errc code) const {
  Admission admission;
  admission.refusal = Refusal{code, {}, holder_, waiting_.size()};
  return admission;
}

Admission SyncQueue::join(SyncJob job) {
  const bool busy = holder_ || !waiting_.empty();
  const IfBusy if_busy = job.request.if_busy.value_or(IfBusy::kQueue);
  if (busy && if_busy == IfBusy::kFail) return refuse(Errc::kSyncInProgress);

  if (if_busy == IfBusy::kJoin && holder_ && identical(holder_->request, job.request)) {
    return {holder_->run_id, Disposition::kJoined, {}};
  }
  if (const auto* twin = find_waiting(job.request)) {
    return {twin->run_id, Disposition::kJoined, {}};
  }

  if (busy && waiting_.size() >= limit_) return refuse(Errc::kQueueFull);
  Admission admission{job.run_id, busy ? Disposition::kQueued : Disposition::kStarted, {}};
  waiting_.push_back(std::move(job));
  return admission;
}

const SyncJob* SyncQueue::find_waiting(const SyncRequest& request) const {
  const auto found = std::ranges::find_if(
      waiting_, [&](const SyncJob& waiting) { return identical(waiting.request, request); });
  return found == waiting_.end() ? nullptr : &*found;
}

const SyncJob* SyncQueue::acquire(SystemTime now) {
  if (holder_ || waiting_.empty()) return nullptr;
  holder_ = std::move(waiting_.front());
  waiting_.pop_front();
  holder_->started_at = now;
  return &*holder_;
}

SyncJob SyncQueue::release() {
  SyncJob job = std::move(*holder_);
  holder_.reset();
  return job;
}

std::optional<SyncJob> SyncQueue::leave(std::string_view run_id) {
  const auto found = std::ranges::find(waiting_, run_id, &SyncJob::run_id);
  if (found == waiting_.end()) return std::nullopt;
  SyncJob job = std::move(*found);
  waiting_.erase(found);
  return job;
}

}  // namespace nbasync
