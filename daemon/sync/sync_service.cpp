#include "sync/sync_service.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/async.hpp"
#include "base/duration.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "base/uuid.hpp"
#include "dataset/catalog.hpp"
#include "log/log.hpp"
#include "model/season.hpp"
#include "model/sync_wish.hpp"
#include "protocol/errors.hpp"
#include "schedule/zone.hpp"
#include "sync/describe_job.hpp"
#include "sync/run_archive.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kProgressInterval{250};
constexpr Duration kRowPatience{50};  // for the row of a run that has not succeeded

}  // namespace

SyncService::SyncService(Executor& executor, TimerWheel& wheel, const Clock& clock, Work work,
                         LogWriter& log, ReadPool& readers, RunHistory history, SyncOptions options)
    : executor_(executor),
      wheel_(wheel),
      clock_(clock),
      work_(std::move(work)),
      log_(log),
      readers_(readers),
      options_(std::move(options)),
      started_at_(clock.wall()),
      queue_(options_.queue_limit),
      history_(std::move(history)),
      row_patience_([this] { conclude(ending_); }) {}

SyncService::~SyncService() = default;

Admission SyncService::refuse(const SyncRequest& request, Errc code,
                              const std::string& message) const {
  decide(request, DecisionKind::kRefused, message, "");
  Admission admission;
  admission.refusal = Refusal{code, message, {}, queue_.waiting().size()};
  log::info("sync refused reason={} message={}", protocol::names_of(code).word, in_quotes(message));
  return admission;
}

void SyncService::complete(SyncRequest& request) const {
  const auto found = options_.defaults.find(request.sync_type);
  const LockWait fallback = found == options_.defaults.end() ? LockWait{} : found->second;
  if (!request.timeout) request.timeout = fallback.timeout;
  if (!request.run_timeout) request.run_timeout = options_.run_timeout;
  if (!request.if_busy) {
    const bool wait = request.wait.value_or(fallback.wait);
    request.if_busy = wait ? IfBusy::kQueue : IfBusy::kFail;
  }
  if (request.season.empty()) request.season = options_.season;
  if (request.season == "auto") request.season = season_of(clock_.wall());
  if (request.cause.empty()) request.cause = "by " + requester_of(request);
}

const SyncJob* SyncService::find_twin(SyncRequest request) const {
  complete(request);
  const auto* holder = queue_.holder();
  if (holder != nullptr && identical(holder->request, request)) return holder;
  const auto twin = std::ranges::find_if(
      queue_.waiting(), [&](const SyncJob& job) { return identical(job.request, request); });
  return twin == queue_.waiting().end() ? nullptr : &*twin;
}

void SyncService::set_options(SyncOptions options) {
  options_ = std::move(options);
  queue_.set_limit(options_.queue_limit);
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
  // Posted first: before all that the request then sets off.
  const auto admission = std::make_shared<Admission>();
  if (admitted) {
    executor_.post([admission, admitted = std::move(admitted)] { admitted(*admission); });
  }
  *admission = admit(std::move(request), std::move(done));
}

Admission SyncService::admit(SyncRequest request, std::function<void(const RunRecord&)> done) {
  if (shutting_down_) return refuse(request, Errc::kShuttingDown, "the daemon is shutting down");
  const auto types = sync_types();
  if (std::ranges::find(types, request.sync_type) == types.end()) {
    return refuse(
        request, Errc::kUnknownType,
        format("unknown sync type '{}'{}", request.sync_type, suggest(request.sync_type, types)));
  }
  complete(request);
  if (!season_start_year(request.season)) {
    return refuse(request, Errc::kInvalidArgument,
                  format("season '{}' is no season; write it as 2025-26, or auto", request.season));
  }

  if (log_.is_full()) {
    return refuse(request, Errc::kStorageBusy,
                  "the log of runs cannot be written, and as much of it as may wait does; see the "
                  "journal for the reason");
  }

  const Duration timeout = *request.timeout;
  const std::string type = request.sync_type;
  const bool dry_run = request.dry_run;
  const std::string by = requester_of(request);
  auto admission = queue_.join({make_uuid(), request, clock_.wall(), {}});
  if (admission.refusal) {
    auto& refusal = *admission.refusal;
    ++refusals_[refusal.code];
    refusal.message = busy_sentence(queue_.holder(), refusal.queue_length, clock_.wall());
    if (refusal.code == Errc::kQueueFull) {
      refusal.message =
          format("the queue is full: {} requests wait. {}", refusal.queue_length, refusal.message);
    }
    log::info("sync refused type={} by={} reason={}", type, in_quotes(by),
              protocol::names_of(refusal.code).word);
    decide(request, DecisionKind::kRefused, refusal.message, "");
    return admission;
  }
  auto& active = active_[admission.run_id];
  if (!active) active = std::make_unique<ActiveRun>();
  add_caller(admission.run_id, timeout, std::move(done));

  if (admission.disposition == Disposition::kJoined) {
    log::info("sync joined run={} type={} by={}", admission.run_id, type, in_quotes(by));
    decide(request, DecisionKind::kJoined, "an identical sync waits or runs: it answers both",
           admission.run_id);
  } else if (admission.disposition == Disposition::kQueued) {
    log::info("sync queued run={} type={} by={} waiting={}", admission.run_id, type, in_quotes(by),
              queue_.waiting().size());
    decide(request, request.decision,
           format("{}; it waits for {}", request.cause, queue_.holder()->request.sync_type),
           admission.run_id);
    notify({SyncEvent::Kind::kQueued, admission.run_id, type, {}, {}, {}});
  } else {
    decide(request, request.decision, request.cause, admission.run_id);
    if (dry_run) admission.disposition = Disposition::kDryRun;
  }
  start_next();
  return admission;
}

void SyncService::add_caller(const std::string& run_id, Duration timeout,
                             std::function<void(const RunRecord&)> done) {
  auto& active = *active_.at(run_id);
  auto& caller = *active.callers.emplace_back(std::make_unique<ActiveRun::Caller>());
  caller.done = std::move(done);
  const auto* holder = queue_.holder();
  if (holder != nullptr && holder->run_id == run_id) return;  // it runs: nothing to wait for
  caller.lock_wait =
      std::make_unique<Timer>([this, run_id, &caller] { lock_wait_over(run_id, caller); });
  wheel_.arm(*caller.lock_wait, tick_after(clock_, timeout));
}

// `run_id` is a copy: the caller, and the timer whose string it was, ends in here.
void SyncService::lock_wait_over(std::string run_id,  // NOLINT(performance-unnecessary-value-param)
                                 ActiveRun::Caller& caller) {
  ++refusals_[Errc::kLockTimeout];
  auto& callers = active_.at(run_id)->callers;
  const auto& waiting = queue_.waiting();
  const std::string message = "the wait for the lock is over. " +
                              busy_sentence(queue_.holder(), waiting.size(), clock_.wall());
  if (callers.size() == 1) {
    end_waiting(run_id, RunStatus::kTimeout, Errc::kLockTimeout, message);
    return;
  }
  // Others still wait for this run: only this caller goes.
  const auto job = std::ranges::find(waiting, run_id, &SyncJob::run_id);
  const RunRecord run =
      record_of_unstarted(*job, RunStatus::kTimeout, Errc::kLockTimeout, message, clock_.wall());
  const auto done = std::move(caller.done);
  std::erase_if(callers, [&](const auto& each) { return each.get() == &caller; });
  if (done) executor_.post([done, run] { done(run); });
}

void SyncService::start_next() {
  const SyncJob* job = queue_.acquire(clock_.wall());
  if (job == nullptr) return;
  const std::string run_id = job->run_id;
  auto& active = *active_.at(run_id);
  for (auto& caller : active.callers) caller->lock_wait.reset();
  active.deadline =
      std::make_unique<Timer>([this, run_id] { stop_run(run_id, RunStatus::kTimeout); });
  wheel_.arm(*active.deadline, tick_after(clock_, *job->request.run_timeout));
  log::info("sync started run={} type={} season={} by={}", run_id, job->request.sync_type,
            job->request.season, in_quotes(requester_of(job->request)));
  notify({SyncEvent::Kind::kStarted, run_id, job->request.sync_type, {}, {}, {}});
  active.starting = true;
  const auto written = [this, run_id](const Result<std::monostate>& result) {
    begin(run_id, result);
  };
  if (job->request.dry_run) {
    executor_.post([written] { written({}); });
  } else {
    log_.write(record_of(*job, RunStatus::kStarted), written);
  }
}

// A run begins when the log says durably that it has started.
void SyncService::begin(const std::string& run_id, const Result<std::monostate>& written) {
  const auto found = active_.find(run_id);
  if (found == active_.end() || !found->second->starting) return;  // it was stopped meanwhile
  auto& active = *found->second;
  active.starting = false;
  const SyncJob job = *queue_.holder();
  if (const auto* error = error_of(written)) {
    finished(record_of_failed(job, error->code(), error->what(), clock_.wall()));
    return;
  }
  const RunObserver observer{[this, run_id](std::string_view step, unsigned percent) {
                               executor_.post([this, run_id, step = std::string(step), percent] {
                                 progressed(run_id, step, percent);
                               });
                             },
                             [this, dry_run = job.request.dry_run](const RunRecord& run) {
                               if (!dry_run) executor_.post([this, run] { log_.write(run); });
                             }};
  async(
      executor_,
      [this, job, observer, &cancel = active.cancel] {
        executor_.post([this, run_id = job.run_id, thread = ::gettid()] {
          const auto under_way = active_.find(run_id);
          if (under_way != active_.end()) under_way->second->thread_id = thread;
        });
        return work_(job, cancel, observer);
      },
      [this](Result<RunRecord> result) {
        if (const auto* error = error_of(result)) {
          result = record_of_failed(*queue_.holder(), error->code(), error->what(), clock_.wall());
        }
        finished(std::get<RunRecord>(std::move(result)));
      });
}

// Ends the run that holds the lock; at once if it has not begun.
void SyncService::stop_run(const std::string& run_id, RunStatus why) {
  auto& active = *active_.at(run_id);
  active.cancel.request(why);
  if (!std::exchange(active.starting, false)) return;
  const auto code = why == RunStatus::kTimeout     ? Errc::kRunTimeout
                    : why == RunStatus::kCancelled ? Errc::kCancelled
                                                   : Errc::kInterrupted;
  auto run = record_of_failed(*queue_.holder(), code,
                              "ended before it began; nothing was asked or changed", clock_.wall());
  run.status = why;
  finished(std::move(run));
}

void SyncService::progressed(const std::string& run_id, const std::string& step, unsigned percent) {
  const auto found = active_.find(run_id);
  if (found == active_.end()) return;
  auto& active = *found->second;
  active.step = step;
  active.percent = percent;
  if (progress_told_ && clock_.steady() - *progress_told_ < kProgressInterval) return;
  progress_told_ = clock_.steady();
  notify(
      {SyncEvent::Kind::kProgress, run_id, queue_.holder()->request.sync_type, step, percent, {}});
}

// The work of a run is over. The end is told, and the lock is freed, when its row is durable: who
// was told of a success may rely on it. Of another end is told soon in any case: what was cancelled
// because the database cannot be written must not wait for that.
void SyncService::finished(RunRecord run) {
  const auto ended = std::make_shared<const RunRecord>(std::move(run));
  if (ended->dry_run) {
    conclude(ended);
    return;
  }
  ending_ = ended;
  log_.write(*ended, [this, ended](const Result<std::monostate>&) {
    if (ending_ == ended) conclude(ended);
  });
  if (shutting_down_) {
    conclude(ended);
  } else if (ended->status != RunStatus::kSuccess) {
    wheel_.arm(row_patience_, tick_after(clock_, kRowPatience));
  }
}

// A copy: it may be ending_ itself.
void SyncService::conclude(
    std::shared_ptr<const RunRecord> run) {  // NOLINT(performance-unnecessary-value-param)
  ending_.reset();
  row_patience_.cancel();
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
  const auto job = queue_.leave(run_id);
  if (!job) return;
  RunRecord run = record_of_unstarted(*job, status, code, message, clock_.wall());
  log::info("sync left the line run={} type={} status={}", run_id, run.sync_type,
            to_string(status));
  if (!run.dry_run) log_.write(run);
  publish(std::make_shared<const RunRecord>(std::move(run)));
}

// Tells everybody the end of a run and forgets it.
void SyncService::publish(const std::shared_ptr<const RunRecord>& run) {
  history_.add(*run);
  const auto node = active_.extract(run->run_id);
  notify({SyncEvent::Kind::kFinished, run->run_id, run->sync_type, {}, {}, run});
  for (auto& caller : node.mapped()->callers) {
    if (caller->done) executor_.post([run, done = std::move(caller->done)] { done(*run); });
  }
  for (auto& waiter : node.mapped()->waiters) {
    executor_.post([run, done = std::move(waiter->done)] { done(*run); });
  }
}

bool SyncService::cancel(const std::string& run_id) {
  const auto found = active_.find(run_id);
  if (found == active_.end()) return false;
  if (queue_.holder() != nullptr && queue_.holder()->run_id == run_id) {
    if (ending_) return false;  // its work is done; only its row of the log is to be written
    stop_run(run_id, RunStatus::kCancelled);
  } else {
    end_waiting(run_id, RunStatus::kCancelled, Errc::kCancelled, "cancelled while it waited");
  }
  return true;
}

void SyncService::await_run(const std::string& run_id, std::optional<Duration> timeout,
                            std::function<void(RunReply)> done) {
  const auto found = active_.find(run_id);
  if (found == active_.end()) {
    find_run(run_id, std::move(done));
    return;
  }
  auto& waiters = found->second->waiters;
  auto& waiter = *waiters.emplace_back(std::make_unique<ActiveRun::Waiter>());
  waiter.done = std::move(done);
  if (!timeout) return;
  waiter.timeout = std::make_unique<Timer>([this, &waiters, &waiter, run_id, timeout] {
    const auto reply = std::move(waiter.done);
    const auto message =
        format("run {} did not end within {}; it goes on", run_id, format_duration(*timeout));
    std::erase_if(waiters, [&](const auto& each) { return each.get() == &waiter; });
    executor_.post([reply, message] { reply(Error(Errc::kLockTimeout, message)); });
  });
  wheel_.arm(*waiter.timeout, tick_after(clock_, *timeout));
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
    const auto& active = *active_.at(holder->run_id);
    status.current_sync = protocol::CurrentSync{holder->run_id,
                                                holder->request.sync_type,
                                                holder->request.season,
                                                holder->started_at,
                                                active.thread_id,
                                                holder->request.triggered_by,
                                                active.step,
                                                active.percent};
  }
  status.recent_syncs.assign(history_.recent().begin(), history_.recent().end());
  unsigned position = 0;
  for (const auto& job : queue_.waiting()) {
    status.queue.push_back({job.run_id, job.request.sync_type, job.requested_at, ++position,
                            job.request.triggered_by});
  }
  status.datasets = history_.datasets(clock_.wall(), options_.stale_after);
  status.started_at = started_at_;
  for (const auto& describer : describers_) describer(status);
  return status;
}

void SyncService::observe(std::function<void(const SyncEvent&)> observer) {
  observers_.push_back(std::move(observer));
}

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
  if (const auto* holder = queue_.holder()) {
    if (ending_) {
      conclude(ending_);
    } else {
      stop_run(holder->run_id, RunStatus::kInterrupted);
    }
  }
  drain_if_idle();
}

void SyncService::abandon() {
  if (const auto* holder = queue_.holder()) {
    active_.at(holder->run_id)->cancel.request(RunStatus::kInterrupted);
  }
}

void SyncService::drain_if_idle() {
  if (!drained_ || queue_.holder() != nullptr) return;
  executor_.post(std::exchange(drained_, nullptr));  // after all who were told before
}

}  // namespace nbasync
