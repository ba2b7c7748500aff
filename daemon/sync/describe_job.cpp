#include "sync/describe_job.hpp"

#include <chrono>

#include "base/format.hpp"
#include "protocol/errors.hpp"

namespace nbasync {

std::string requester_of(const SyncRequest& request) {
  return request.requester.empty() ? request.triggered_by : request.requester;
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

RunRecord record_of_unstarted(const SyncJob& job, RunStatus status, Errc code,
                              const std::string& message, SystemTime now) {
  RunRecord run = record_of(job, status);
  run.started_at = run.completed_at = now;
  run.error_code = protocol::names_of(code).word;
  run.error_message = message;
  return run;
}

RunRecord record_of_failed(const SyncJob& job, Errc code, const std::string& message,
                           SystemTime now) {
  RunRecord run = record_of_unstarted(job, RunStatus::kFailed, code, message, now);
  run.started_at = job.started_at;
  run.duration_seconds = std::chrono::duration<double>(now - job.started_at).count();
  return run;
}

RunRecord interrupted(RunRecord run, SystemTime now) {
  run.status = RunStatus::kInterrupted;
  run.completed_at = now;
  run.error_code = protocol::names_of(Errc::kInterrupted).word;
  if (run.error_message.empty()) {
    run.error_message = "the process that ran it ended before the sync did";
  }
  return run;
}

RunRecord lost_with_the_file(RunRecord run, const std::string& message) {
  const auto lose = [&](RunRecord& each) {
    if (each.status != RunStatus::kSuccess) return;
    each.status = RunStatus::kFailed;
    each.error_code = protocol::names_of(Errc::kStorageReplaced).word;
    each.error_message = message;
  };
  lose(run);
  for (auto& step : run.steps) lose(step);
  return run;
}

std::string busy_sentence(const SyncJob* holder, std::size_t waiting, SystemTime now) {
  if (holder == nullptr) return "Another sync operation is already in progress";
  const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - holder->started_at);
  return format(
      "Another sync operation is already in progress: {} started at {} (run {}, {} s ago, "
      "requested by {}; {} waiting)",
      holder->request.sync_type, format_utc(holder->started_at), holder->run_id, age.count(),
      requester_of(holder->request), waiting);
}

std::string lock_wait_sentence(const SyncJob* holder, std::size_t waiting, SystemTime now) {
  return "the wait for the lock is over. " + busy_sentence(holder, waiting, now);
}

std::string refusal_sentence(const Refusal& refusal, const SyncJob* holder, SystemTime now) {
  auto busy = busy_sentence(holder, refusal.queue_length, now);
  if (refusal.code != Errc::kQueueFull) return busy;
  return format("the queue is full: {} requests wait. {}", refusal.queue_length, busy);
}

}  // namespace nbasync
