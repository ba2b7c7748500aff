#include "sync/sync_service.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/format.hpp"
#include "base/log.hpp"
#include "base/nearest.hpp"
#include "base/season.hpp"
#include "base/uuid.hpp"
#include "dataset/catalog.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"
#include "timer/tick.hpp"
#include "timer/zone.hpp"

namespace nbasync {
namespace {

constexpr Duration kProgressInterval{250};

std::vector<std::string_view> known_types() {
  std::vector<std::string_view> types;
  for (const auto* dataset : catalog()) types.push_back(dataset->name);
  types.emplace_back(protocol::kFullSync);
  return types;
}

RunRecord record_of(const SyncJob& job, RunStatus status) {
  RunRecord run;
  run.run_id = job.run_id;
  run.sync_type = job.request.sync_type;
  run.season = job.request.season;
  run.triggered_by = job.request.triggered_by;
  run.dry_run = job.request.dry_run;
  run.requested_at = job.requested_at;
  run.status = status;
  if (status != RunStatus::kQueued) run.started_at = job.started_at;
  return run;
}

std::string requester_of(const SyncRequest& request) {
  return request.requester.empty() ? request.triggered_by : request.requester;
}

double seconds(SystemTime::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

// Somebody who asked for a run and is told its end.
struct SyncService::Caller {
  std::function<void(const RunRecord&)> done;
  std::unique_ptr<Timer> lock_wait;  // while the run waits for the lock
};

// Somebody who waits for a run, whoever asked for it.
struct SyncService::Waiter {
  std::function<void(RunReply)> done;
  std::unique_ptr<Timer> timeout;
};

// What the service keeps of a run until it has ended.
struct SyncService::Active {
  Cancellation cancel;
  std::vector<std::unique_ptr<Caller>> callers;
  std::vector<std::unique_ptr<Waiter>> waiters;
  std::unique_ptr<Timer> deadline;
  std::string step;
  unsigned percent = 0;
  std::int64_t thread_id = 0;
  SteadyTime shown{};  // when progress was last told
};

SyncService::SyncService(Executor& executor, TimerWheel& wheel, const Clock& clock,
                         SyncRunner& runner, RunLog& log, SyncOptions options)
    : executor_(executor),
      wheel_(wheel),
      clock_(clock),
      runner_(runner),
      log_(log),
      options_(std::move(options)),
      started_at_(clock.wall()),
      queue_(options_.queue_limit),
      history_(log) {}

SyncService::~SyncService() = default;

Admission SyncService::refuse(Errc code, const std::string& message) const {
  Admission admission;
  admission.refusal = Refusal{code, message, {}, queue_.waiting().size()};
  log::info("sync refused reason={} message={}", protocol::names_of(code).word,
            log::quoted(message));
  return admission;
}

std::string SyncService::busy_sentence(const Refusal& refusal) const {
  if (!refusal.holder) return "Another sync operation is already in progress";
  const auto& holder = *refusal.holder;
  return format(
      "Another sync operation is already in progress: {} started at {} (run {}, {:.0f} s ago, "
      "requested by {}; {} waiting)",
      holder.request.sync_type, format_utc(holder.started_at), holder.run_id,
      seconds(clock_.wall() - holder.started_at), requester_of(holder.request),
      refusal.queue_length);
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
}

Admission SyncService::sync(SyncRequest request, std::function<void(const RunRecord&)> done) {
  if (shutting_down_) return refuse(Errc::kShuttingDown, "the daemon is shutting down");
  const auto types = known_types();
  if (std::ranges::find(types, request.sync_type) == types.end()) {
    return refuse(Errc::kUnknownType, format("unknown sync type '{}'{}", request.sync_type,
                                             suggest(request.sync_type, types)));
  }
  complete(request);
  if (!season_start_year(request.season)) {
    return refuse(Errc::kInvalidArgument,
                  format("season '{}' is no season; write it as 2025-26, or auto", request.season));
  }

  const Duration timeout = *request.timeout;
  const std::string type = request.sync_type;
  const bool dry_run = request.dry_run;
  const std::string by = requester_of(request);
  auto admission = queue_.join({make_uuid(), std::move(request), clock_.wall(), {}});
  if (admission.refusal) {
    auto& refusal = *admission.refusal;
    refusal.message = busy_sentence(refusal);
    if (refusal.code == Errc::kQueueFull) {
      refusal.message =
          format("the queue is full: {} requests wait. {}", refusal.queue_length, refusal.message);
    }
    log::info("sync refused type={} by={} reason={}", type, log::quoted(by),
              protocol::names_of(refusal.code).word);
    return admission;
  }
  auto& active = active_[admission.run_id];
  if (!active) active = std::make_unique<Active>();
  add_caller(admission.run_id, timeout, std::move(done));

  if (admission.disposition == Disposition::kJoined) {
    log::info("sync joined run={} type={} by={}", admission.run_id, type, log::quoted(by));
  } else if (admission.disposition == Disposition::kQueued) {
    log::info("sync queued run={} type={} by={} waiting={}", admission.run_id, type,
              log::quoted(by), queue_.waiting().size());
    notify({SyncEvent::Kind::kQueued, admission.run_id, type, {}, 0, nullptr});
  } else if (dry_run) {
    admission.disposition = Disposition::kDryRun;
  }
  start_next();
  return admission;
}

void SyncService::add_caller(const std::string& run_id, Duration timeout,
                             std::function<void(const RunRecord&)> done) {
  auto& active = *active_.at(run_id);
  auto& caller = *active.callers.emplace_back(std::make_unique<Caller>());
  caller.done = std::move(done);
  const auto* holder = queue_.holder();
  if (holder != nullptr && holder->run_id == run_id) return;  // it runs: nothing to wait for
  caller.lock_wait =
      std::make_unique<Timer>([this, run_id, &caller] { lock_wait_over(run_id, caller); });
  wheel_.arm(*caller.lock_wait, tick_after(clock_, timeout));
}

void SyncService::lock_wait_over(
    std::string run_id, Caller& caller) {  // NOLINT(performance-unnecessary-value-param): the
                                           // caller, and the string with it, ends in here
  auto& callers = active_.at(run_id)->callers;
  Refusal refusal;
  if (const auto* holder = queue_.holder()) refusal.holder = *holder;
  refusal.queue_length = queue_.waiting().size();
  const std::string message = "the wait for the lock is over. " + busy_sentence(refusal);
  if (callers.size() == 1) {
    end_waiting(run_id, RunStatus::kTimeout, Errc::kLockTimeout, message);
    return;
  }
  // Others still wait for this run: only this caller goes.
  const auto& waiting = queue_.waiting();
  const auto job = std::ranges::find(waiting, run_id, &SyncJob::run_id);
  RunRecord run = record_of(*job, RunStatus::kTimeout);
  run.error_code = protocol::names_of(Errc::kLockTimeout).word;
  run.error_message = message;
  const auto done = std::move(caller.done);
  std::erase_if(callers, [&](const auto& each) { return each.get() == &caller; });
  if (done) done(run);
}

void SyncService::start_next() {
  const SyncJob* job = queue_.acquire(clock_.wall());
  if (job == nullptr) return;
  const std::string run_id = job->run_id;
  auto& active = *active_.at(run_id);
  for (auto& caller : active.callers) caller->lock_wait.reset();
  active.deadline =
      std::make_unique<Timer>([&active] { active.cancel.request(RunStatus::kTimeout); });
  wheel_.arm(*active.deadline, tick_after(clock_, *job->request.run_timeout));
  log::info("sync started run={} type={} season={} by={}", run_id, job->request.sync_type,
            job->request.season, log::quoted(requester_of(job->request)));

  auto result = std::make_shared<RunRecord>();
  executor_.run(
      [this, job = *job, result, &cancel = active.cancel] {
        executor_.post([this, run_id = job.run_id, thread = ::gettid()] {
          const auto found = active_.find(run_id);
          if (found != active_.end()) found->second->thread_id = thread;
        });
        *result = runner_.run(job, cancel, [&](std::string_view step, unsigned percent) {
          executor_.post([this, run_id = job.run_id, step = std::string(step), percent] {
            progressed(run_id, step, percent);
          });
        });
      },
      [this, result] { finished(std::move(*result)); });
  notify({SyncEvent::Kind::kStarted, run_id, job->request.sync_type, {}, 0, nullptr});
}

void SyncService::progressed(const std::string& run_id, const std::string& step, unsigned percent) {
  const auto found = active_.find(run_id);
  if (found == active_.end()) return;
  auto& active = *found->second;
  active.step = step;
  active.percent = percent;
  if (clock_.steady() - active.shown < kProgressInterval) return;
  active.shown = clock_.steady();
  notify({SyncEvent::Kind::kProgress, run_id, queue_.holder()->request.sync_type, step, percent,
          nullptr});
}

void SyncService::finished(RunRecord run) {
  queue_.release();
  const auto line = format(
      "sync finished run={} type={} status={} rows={} inserted={} updated={} deleted={} "
      "requests={} ms={:.0f}",
      run.run_id, run.sync_type, to_string(run.status), run.records_synced, run.inserted,
      run.updated, run.deleted, run.requests, run.duration_seconds * 1000);
  if (run.status == RunStatus::kSuccess) {
    log::info("{}", line);
  } else {
    log::warning("{} code={} error={}", line, run.error_code, log::quoted(run.error_message));
  }
  publish(std::move(run));
  start_next();
  drain_if_idle();
}

void SyncService::end_waiting(const std::string& run_id, RunStatus status, Errc code,
                              const std::string& message) {
  const auto job = queue_.leave(run_id);
  if (!job) return;
  // It never held the lock: its time in the log is the moment it left the line.
  RunRecord run = record_of(*job, status);
  run.started_at = run.completed_at = clock_.wall();
  run.error_code = protocol::names_of(code).word;
  run.error_message = message;
  log::info("sync left the line run={} type={} status={}", run_id, run.sync_type,
            to_string(status));
  if (!job->request.dry_run) write_log(run);
  publish(std::move(run));
}

// Tells everybody the end of a run and forgets it.
void SyncService::publish(RunRecord run) {
  const auto node = active_.extract(run.run_id);
  history_.add(run);
  notify({SyncEvent::Kind::kFinished, run.run_id, run.sync_type, {}, 100, &run});
  if (!node) return;
  for (const auto& caller : node.mapped()->callers) {
    if (caller->done) caller->done(run);
  }
  for (const auto& waiter : node.mapped()->waiters) waiter->done(run);
}

bool SyncService::cancel(const std::string& run_id) {
  const auto found = active_.find(run_id);
  if (found == active_.end()) return false;
  if (queue_.holder() != nullptr && queue_.holder()->run_id == run_id) {
    found->second->cancel.request(RunStatus::kCancelled);
  } else {
    executor_.post([this, run_id] {
      end_waiting(run_id, RunStatus::kCancelled, Errc::kCancelled, "cancelled while it waited");
    });
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
  auto& waiter = *waiters.emplace_back(std::make_unique<Waiter>());
  waiter.done = std::move(done);
  if (!timeout) return;
  waiter.timeout = std::make_unique<Timer>([&waiters, &waiter, run_id, timeout] {
    const auto reply = std::move(waiter.done);
    const auto message =
        format("run {} did not end within {:.1f} s; it goes on", run_id, seconds(*timeout));
    std::erase_if(waiters, [&](const auto& each) { return each.get() == &waiter; });
    reply(Error(Errc::kLockTimeout, message));
  });
  wheel_.arm(*waiter.timeout, tick_after(clock_, *timeout));
}

std::optional<RunRecord> SyncService::active_run(const std::string& run_id) const {
  if (const auto* holder = queue_.holder(); holder != nullptr && holder->run_id == run_id) {
    return record_of(*holder, RunStatus::kStarted);
  }
  const auto waiting = std::ranges::find(queue_.waiting(), run_id, &SyncJob::run_id);
  if (waiting != queue_.waiting().end()) return record_of(*waiting, RunStatus::kQueued);
  return std::nullopt;
}

void SyncService::find_run(const std::string& run_id, std::function<void(RunReply)> done) {
  if (auto run = active_run(run_id)) {
    executor_.post([run = std::move(*run), done = std::move(done)] { done(run); });
    return;
  }
  auto reply = std::make_shared<RunReply>(
      Error(Errc::kUnknownRun, format("there is no run '{}'; see nbasyncctl runs", run_id)));
  const auto* kept = history_.find(run_id);
  const auto fallback = kept == nullptr ? std::optional<RunRecord>() : *kept;
  run_off_loop(
      [this, run_id, reply, fallback] {
        try {
          if (auto run = log_.find(run_id)) {
            *reply = std::move(*run);
          } else if (fallback) {
            *reply = *fallback;  // a dry run, or a row that could not be written
          }
        } catch (const Error& error) {
          *reply = error;
        }
      },
      [reply, done = std::move(done)] { done(std::move(*reply)); });
}

void SyncService::list_runs(unsigned limit, RunFilter filter, std::function<void(RunsReply)> done) {
  auto reply = std::make_shared<RunsReply>();
  run_off_loop(
      [this, limit, filter = std::move(filter), reply] {
        try {
          *reply = log_.list(limit, filter);
        } catch (const Error& error) {
          *reply = error;
        }
      },
      [reply, done = std::move(done)] { done(std::move(*reply)); });
}

protocol::Status SyncService::status() const {
  protocol::Status status;
  const SystemTime now = clock_.wall();
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
  for (const auto* dataset : catalog()) {
    protocol::DatasetState state;
    state.name = dataset->name;
    const auto success = last_success().find(state.name);
    if (success != last_success().end()) {
      state.last_success = success->second;
      state.age_seconds = std::max(0.0, seconds(now - success->second));
    }
    const auto limit = options_.stale_after.find(state.name);
    if (limit != options_.stale_after.end()) {
      state.stale_after_seconds = seconds(limit->second);
      state.stale = !state.age_seconds || *state.age_seconds > *state.stale_after_seconds;
    }
    status.datasets.push_back(std::move(state));
  }
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

void SyncService::notify(const SyncEvent& event) const {
  for (const auto& observer : observers_) observer(event);
}

void SyncService::write_log(const RunRecord& run) {
  run_off_loop(
      [this, run] {
        try {
          log_.write(run);
        } catch (const Error& error) {
          log::error("sync log not written run={} error={}", run.run_id, log::quoted(error.what()));
        }
      },
      [] {});
}

void SyncService::run_off_loop(std::function<void()> work, std::function<void()> done) {
  ++jobs_;
  executor_.run(std::move(work), [this, done = std::move(done)] {
    --jobs_;
    done();
    drain_if_idle();
  });
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
    active_.at(holder->run_id)->cancel.request(RunStatus::kInterrupted);
  }
  executor_.post([this] { drain_if_idle(); });
}

void SyncService::drain_if_idle() {
  if (!drained_ || queue_.holder() != nullptr || jobs_ > 0) return;
  std::exchange(drained_, nullptr)();
}

}  // namespace nbasync
