#include "sync/sync_service.hpp"

#include <algorithm>
#include <utility>

#include "base/duration.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/uuid.hpp"
#include "log/log.hpp"
#include "model/sync_wish.hpp"
#include "protocol/errors.hpp"
#include "sync/describe_job.hpp"
#include "sync/request_defaults.hpp"
#include "sync/run_archive.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kProgressInterval{250};

}  // namespace

SyncService::SyncService(Executor& executor, TimerWheel& wheel, const Clock& clock, Work work,
                         LogWriter& log, ReadPool& readers, RunHistory history,
                         ServiceOptions options)
    : executor_(executor),
      wheel_(wheel),
      clock_(clock),
      work_(std::move(work)),
      log_(log),
      readers_(readers),
      options_(std::move(options)),
      started_at_(clock.wall()),
      queue_(static_cast<std::size_t>(options_.queue_limit)),
      history_(std::move(history)) {}

SyncService::~SyncService() = default;

Admission SyncService::refuse(const SyncRequest& request, Errc code,
                              const std::string& message) const {
  decide(request, DecisionKind::kRefused, message, "");
  Admission admission;
  admission.refusal = Refusal{code, message, {}, queue_.waiting().size()};
  log::info("sync refused reason={} message={}", protocol::names_of(code).word, in_quotes(message));
  return admission;
}

const SyncJob* SyncService::find_twin(SyncRequest request) const {
  if (line_ != nullptr) return line_->find_twin(std::move(request));
  complete(request, options_, clock_.wall());
  const auto* holder = queue_.holder();
  if (holder != nullptr && identical(holder->request, request)) return holder;
  return queue_.find_waiting(request);
}

std::string SyncService::season() const { return season_in_force(options_.season, clock_.wall()); }

void SyncService::set_options(ServiceOptions options) {
  const auto before = season();
  options_ = std::move(options);
  queue_.set_limit(static_cast<std::size_t>(options_.queue_limit));
  if (season() == before) return;
  readers_.ask(
      [season = season(), now = clock_.wall()](Connection& log, const std::stop_token&) {
        return RunHistory(log, season, now);
      },
      [this](const Result<RunHistory>& read) {
        if (error_of(read) == nullptr) remember_history(std::get<RunHistory>(read));
      });
}

void SyncService::remember_history(const RunHistory& read) {
  history_.add_older(read, [this](const std::string& run_id) { return is_active(run_id); });
}

void SyncService::between_runs(std::function<void()> task) {
  if (queue_.holder() == nullptr) {
    task();
  } else {
    between_runs_.push_back(std::move(task));
  }
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

void SyncService::carry_out(SyncJob job) {
  listeners_[job.run_id] = std::make_unique<RunListeners>(executor_, wheel_, clock_);
  decide(job.request, job.request.decision, job.request.cause, job.run_id);
  queue_.join(std::move(job));
  start_next();
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

void SyncService::start_next() {
  const SyncJob* job = queue_.acquire(clock_.wall());
  if (job == nullptr) return;
  listeners_.at(job->run_id)->lock_taken();
  log::info("sync started run={} type={} season={} by={}", job->run_id, job->request.sync_type,
            job->request.season, in_quotes(requester_of(job->request)));
  notify({SyncEvent::Kind::kStarted, job->run_id, job->request.sync_type, {}, {}, {}});
  held_ = std::make_shared<HeldRun>(
      HeldRun::Parts{executor_, wheel_, clock_, work_, log_}, *job, [this] { progressed(); },
      [this](const std::shared_ptr<const RunRecord>& run) { conclude(run); });
  held_->start();
}

void SyncService::progressed() {
  if (progress_told_ && clock_.steady() - *progress_told_ < kProgressInterval) return;
  progress_told_ = clock_.steady();
  const auto* holder = queue_.holder();
  const auto& progress = held_->progress();
  notify({SyncEvent::Kind::kProgress,
          holder->run_id,
          holder->request.sync_type,
          progress.step,
          progress.percent,
          {}});
}

void SyncService::conclude(const std::shared_ptr<const RunRecord>& run) {
  held_.reset();
  queue_.release();
  for (const auto& task : std::exchange(between_runs_, {})) task();
  const auto line = format(
      "sync finished run={} type={} status={} rows={} inserted={} updated={} deleted={} "
      "requests={} ms={:.0f}",
      run->run_id, run->sync_type, to_string(run->status), run->records_synced, run->inserted,
      run->updated, run->deleted, run->requests, run->duration_seconds * 1000);
  if (run->status == RunStatus::kSuccess) {
    log::info("{}", line);
  } else {
    log::warning("{} code={} error={}", line, run->error_code, in_quotes(run->error_message));
  }
  publish(run);
  start_next();
  drain_if_idle();
}

void SyncService::end_waiting(const std::string& run_id, RunStatus status, Errc code,
                              const std::string& message) {
  if (const auto job = queue_.leave(run_id)) end_unstarted(*job, status, code, message);
}

void SyncService::end_unstarted(const SyncJob& job, RunStatus status, Errc code,
                                const std::string& message) {
  RunRecord run = record_of_unstarted(job, status, code, message, clock_.wall());
  log::info("sync left the line run={} type={} status={}", run.run_id, run.sync_type,
            to_string(status));
  const auto end = std::make_shared<const RunRecord>(std::move(run));
  if (!log_.is_shared()) {
    if (!end->dry_run) log_.write(*end);
    publish(end);
    return;
  }
  // Until it is written there, others may join it.
  log_.write(*end, [this, end](const Result<std::monostate>& written) {
    const bool goes_on = error_of(written) != nullptr;
    publish(goes_on ? std::make_shared<const RunRecord>(interrupted(*end, clock_.wall())) : end);
  });
}

// Tells everybody the end of a run and forgets it.
void SyncService::publish(const std::shared_ptr<const RunRecord>& run) {
  history_.add(*run);
  const auto node = listeners_.extract(run->run_id);
  notify({SyncEvent::Kind::kFinished, run->run_id, run->sync_type, {}, {}, run});
  if (node) node.mapped()->tell(run);
}

bool SyncService::cancel(const std::string& run_id) {
  if (!listeners_.contains(run_id)) return line_ != nullptr && line_->cancel(run_id);
  if (queue_.holder() != nullptr && queue_.holder()->run_id == run_id) {
    if (held_->is_ending()) return false;
    held_->stop(RunStatus::kCancelled);
  } else {
    end_waiting(run_id, RunStatus::kCancelled, Errc::kCancelled, "cancelled while it waited");
  }
  return true;
}

void SyncService::await_run(const std::string& run_id, std::optional<Duration> timeout,
                            std::function<void(RunReply)> done) {
  const auto found = listeners_.find(run_id);
  if (found == listeners_.end()) return find_run(run_id, std::move(done));
  found->second->add_waiter(run_id, timeout, std::move(done));
}

std::optional<RunRecord> SyncService::record_of_active(const std::string& run_id) const {
  if (const auto* holder = queue_.holder(); holder != nullptr && holder->run_id == run_id) {
    return record_of(*holder, RunStatus::kStarted);
  }
  const auto waiting = std::ranges::find(queue_.waiting(), run_id, &SyncJob::run_id);
  if (waiting != queue_.waiting().end()) return record_of(*waiting, RunStatus::kQueued);
  return std::nullopt;
}

void SyncService::find_run(const std::string& run_id, std::function<void(RunReply)> done) {
  if (auto run = record_of_active(run_id)) {
    executor_.post([run = std::move(*run), done = std::move(done)] { done(run); });
    return;
  }
  if (const auto* unwritten = log_.unwritten(run_id)) {
    executor_.post([run = *unwritten, done = std::move(done)] { done(run); });
    return;
  }
  // A dry run is in no log.
  const auto* kept = history_.find(run_id);
  run_archive::find(readers_, run_id, kept == nullptr ? std::optional<RunRecord>() : *kept,
                    std::move(done));
}

void SyncService::list_runs(unsigned limit, RunFilter filter,
                            std::function<void(RunsReply)> done) const {
  run_archive::list(readers_, limit, std::move(filter),
                    [this, done = std::move(done)](RunsReply runs) {
                      if (auto* found = std::get_if<std::vector<RunRecord>>(&runs)) {
                        for (auto& run : *found) {
                          if (const auto* newer = log_.unwritten(run.run_id)) run = *newer;
                        }
                      }
                      done(std::move(runs));
                    });
}

protocol::Status SyncService::status() const {
  protocol::Status status;
  if (const auto* holder = queue_.holder()) {
    const auto& progress = held_->progress();
    status.current_sync = protocol::CurrentSync{
        holder->run_id,     holder->request.sync_type, holder->request.season,
        holder->started_at, progress.thread_id,        holder->request.triggered_by,
        progress.step,      progress.percent};
  }
  status.recent_syncs.assign(history_.recent().begin(), history_.recent().end());
  unsigned position = 0;
  for (const auto& job : queue_.waiting()) {
    status.queue.push_back({job.run_id, job.request.sync_type, job.requested_at, ++position,
                            job.request.triggered_by});
  }
  status.datasets = history_.datasets(season(), clock_.wall(), options_);
  status.started_at = started_at_;
  for (const auto& describer : describers_) describer(status);
  return status;
}

void SyncService::observe(std::function<void(const SyncEvent&)> observer) {
  observers_.push_back(std::move(observer));
}

void SyncService::tell(const DataChange& change) { notify(event_of(change)); }

void SyncService::describe(std::function<void(protocol::Status&)> describer) {
  describers_.push_back(std::move(describer));
}

void SyncService::notify(SyncEvent event) {
  executor_.post([this, event = std::move(event)] {
    for (const auto& observer : observers_) observer(event);
  });
}

void SyncService::decide(const SyncRequest& request, DecisionKind kind, const std::string& reason,
                         const std::string& run_id) const {
  decided_({clock_.wall(), schedule_of(request), request.sync_type, kind, reason, run_id});
}

void SyncService::shut_down(std::function<void()> drained) {
  shutting_down_ = true;
  drained_ = std::move(drained);
  while (!queue_.waiting().empty()) {
    const std::string run_id = queue_.waiting().front().run_id;
    end_waiting(run_id, RunStatus::kInterrupted, Errc::kInterrupted,
                "the daemon was told to stop while it waited");
  }
  if (held_) held_->stop_for_good();
  drain_if_idle();
}

void SyncService::abandon() {
  if (held_) held_->abandon();
}

void SyncService::drain_if_idle() {
  if (!drained_ || queue_.holder() != nullptr) return;
  executor_.post(std::exchange(drained_, nullptr));  // after all who were told before
}

}  // namespace nbasync
