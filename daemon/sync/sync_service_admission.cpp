#include <algorithm>
#include <memory>
#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"
#include "base/uuid.hpp"
#include "log/log.hpp"
#include "model/sync_wish.hpp"
#include "protocol/errors.hpp"
#include "sync/describe_job.hpp"
#include "sync/request_defaults.hpp"
#include "sync/sync_service.hpp"

// How a request comes to a SyncService, joins the line or is refused, and how its wait ends.
namespace nbasync {

const SyncJob* SyncService::find_twin(SyncRequest request) const {
  if (line_ != nullptr) return line_->find_twin(std::move(request));
  complete(request, options_, clock_.wall());
  const auto* holder = queue_.holder();
  if (holder != nullptr && identical(holder->request, request)) return holder;
  return queue_.find_waiting(request);
}

void SyncService::sync(SyncRequest request, std::function<void(const Admission&)> admitted,
                       std::function<void(const RunRecord&)> done) {
  if (line_ != nullptr) {
    // Who asks ends with this, and must not be told any more.
    const auto while_alive = [this](auto told) {
      return [told = std::move(told), alive = std::weak_ptr(alive_)](const auto& what) {
        if (told && !alive.expired()) told(what);
      };
    };
    line_->ask(std::move(request), while_alive(std::move(admitted)), while_alive(std::move(done)));
    return;
  }
  // Posted first: before all that the request then sets off.
  const auto admission = std::make_shared<Admission>();
  if (admitted) {
    executor_.post([admission, admitted = std::move(admitted)] { admitted(*admission); });
  }
  *admission = admit(std::move(request), std::move(done));
}

Admission SyncService::admit(SyncRequest request, std::function<void(const RunRecord&)> done) {
  if (shutting_down_) return refuse(request, Errc::kShuttingDown, "the daemon is shutting down");
  complete(request, options_, clock_.wall());
  if (const auto refusal = refusal_of(request, clock_.wall())) {
    return refuse(request, refusal->code, refusal->message);
  }
  if (log_.is_full()) {
    return refuse(request, Errc::kStorageBusy,
                  "the log of runs cannot be written, and as much of it as may wait does; see the "
                  "journal for the reason");
  }

  auto admission = queue_.join(
      {request.run_id.empty() ? make_uuid() : request.run_id, request, clock_.wall(), {}});
  if (admission.refusal) return refuse_busy(request, *admission.refusal);
  auto& listeners = listeners_[admission.run_id];
  if (!listeners) listeners = std::make_unique<RunListeners>(executor_, wheel_, clock_);
  if (listeners->is_full()) {
    return refuse_busy(request, {Errc::kQueueFull, {}, {}, queue_.waiting().size()});
  }
  add_caller(admission.run_id, *request.timeout, std::move(done));
  const std::string& type = request.sync_type;
  const std::string by = requester_of(request);

  if (admission.disposition == Disposition::kJoined) {
    log::info("sync joined run={} type={} by={}", admission.run_id, type, in_quotes(by));
    decide(request, DecisionKind::kJoined, kJoinedReason, admission.run_id);
  } else if (admission.disposition == Disposition::kQueued) {
    log::info("sync queued run={} type={} by={} waiting={}", admission.run_id, type, in_quotes(by),
              queue_.waiting().size());
    decide(request, request.decision,
           format("{}; it waits for {}", request.cause, queue_.holder()->request.sync_type),
           admission.run_id);
    notify({SyncEvent::Kind::kQueued, admission.run_id, type, {}, {}, {}});
  } else {
    decide(request, request.decision, request.cause, admission.run_id);
    if (request.dry_run) admission.disposition = Disposition::kDryRun;
  }
  start_next();
  return admission;
}

Admission SyncService::refuse(const SyncRequest& request, Errc code,
                              const std::string& message) const {
  decide(request, DecisionKind::kRefused, message, "");
  Admission admission;
  admission.refusal = Refusal{code, message, {}, queue_.waiting().size()};
  log::info("sync refused reason={} message={}", protocol::names_of(code).word, in_quotes(message));
  return admission;
}

Admission SyncService::refuse_busy(const SyncRequest& request, Refusal refusal) {
  ++refusals_[refusal.code];
  refusal.message = refusal_sentence(refusal, queue_.holder(), clock_.wall());
  log::info("sync refused type={} by={} reason={}", request.sync_type,
            in_quotes(requester_of(request)), protocol::names_of(refusal.code).word);
  decide(request, DecisionKind::kRefused, refusal.message, "");
  Admission admission;
  admission.refusal = std::move(refusal);
  return admission;
}

void SyncService::add_caller(const std::string& run_id, Duration timeout,
                             std::function<void(const RunRecord&)> done) {
  const auto* holder = queue_.holder();
  const bool runs = holder != nullptr && holder->run_id == run_id;
  listeners_.at(run_id)->add_caller(std::move(done), runs ? std::nullopt : std::optional(timeout),
                                    [this, run_id](std::optional<RunListeners::Done> left) {
                                      lock_wait_over(run_id, std::move(left));
                                    });
}

void SyncService::lock_wait_over(const std::string& run_id,
                                 std::optional<RunListeners::Done> left) {
  ++refusals_[Errc::kLockTimeout];
  const auto& waiting = queue_.waiting();
  const std::string message = lock_wait_sentence(queue_.holder(), waiting.size(), clock_.wall());
  if (!left) {
    end_waiting(run_id, RunStatus::kTimeout, Errc::kLockTimeout, message);
  } else if (*left) {  // others still wait for this run: only this caller goes
    const auto job = std::ranges::find(waiting, run_id, &SyncJob::run_id);
    executor_.post([done = std::move(*left),
                    run = record_of_unstarted(*job, RunStatus::kTimeout, Errc::kLockTimeout,
                                              message, clock_.wall())] { done(run); });
  }
}

}  // namespace nbasync
