#include <algorithm>
#include <utility>

#include "sync/describe_job.hpp"
#include "sync/run_archive.hpp"
#include "sync/sync_service.hpp"

// What a SyncService answers of runs, and how things are.
namespace nbasync {

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

protocol::Status SyncService::brief_status() const {
  protocol::Status status;
  if (const auto* holder = queue_.holder()) {
    const auto& progress = held_->progress();
    status.current_sync = protocol::CurrentSync{
        holder->run_id,     holder->request.sync_type, holder->request.season,
        holder->started_at, progress.thread_id,        holder->request.triggered_by,
        progress.run};
  }
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

void SyncService::describe(std::function<void(protocol::Status&)> describer) {
  describers_.push_back(std::move(describer));
}

}  // namespace nbasync
