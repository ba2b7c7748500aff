#include "sync/sync_service.hpp"

#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "sync/describe_job.hpp"
#include "sync/request_defaults.hpp"
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
      progress_due_([this] { tell_progress(); }),
      history_(std::move(history)) {
  log_.tidy_up_unless([this] { return queue_length() > 0; });
}

SyncService::~SyncService() { log_.tidy_up_unless(nullptr); }

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

void SyncService::carry_out(SyncJob job) {
  listeners_[job.run_id] = std::make_unique<RunListeners>(executor_, wheel_, clock_);
  decide(job.request, job.request.decision, job.request.cause, job.run_id);
  queue_.join(std::move(job));
  start_next();
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

// What comes too soon after the last is told when its time has come: a run may stand still then.
void SyncService::progressed() {
  if (progress_due_.armed()) return;
  if (clock_.steady() < progress_from_) {
    wheel_.arm(progress_due_, tick_not_before(progress_from_));
  } else {
    tell_progress();
  }
}

void SyncService::tell_progress() {
  progress_from_ = clock_.steady() + kProgressInterval;
  const auto* holder = queue_.holder();
  notify(event_of(holder->run_id, holder->request.sync_type, held_->progress().run));
}

void SyncService::conclude(const std::shared_ptr<const RunRecord>& run) {
  progress_due_.cancel();
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

void SyncService::cancel(const std::string& run_id, std::function<void(const Result<bool>&)> done) {
  // Posted first: before all that the end of the run then sets off.
  const auto known = std::make_shared<bool>();
  executor_.post([known, done = std::move(done)] { done(*known); });
  *known = cancel(run_id);
}

void SyncService::tell(const DataChange& change) { notify(event_of(change)); }

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
