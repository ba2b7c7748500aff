#include <utility>

#include "cluster/cluster_front.hpp"
#include "protocol/names.hpp"
#include "sync/describe_job.hpp"
#include "sync/request_defaults.hpp"
#include "sync/run_archive.hpp"

// What a ClusterFront answers of runs, as it sees them.
namespace nbasync {
namespace {

// Of one that has not ended.
RunStatus status_of(const line::Entry& entry) {
  return entry.state == line::Entry::State::kRunning ? RunStatus::kStarted : RunStatus::kQueued;
}

}  // namespace

const SyncJob* ClusterFront::find_twin(SyncRequest request) const {
  complete(request, options_, parts_.clock.wall());
  for (const auto& entry : seen_.line.entries) {
    // What another holding wanted ends with that.
    const bool ends = ended_here(entry) || (entry.holding != 0 && entry.holding != epoch_);
    if (!ends && identical(entry.job.request, request)) return &entry.job;
  }
  return nullptr;
}

// One that another has taken up since the last look is known after the next.
void ClusterFront::await_run(const std::string& run_id, std::optional<Duration> timeout,
                             std::function<void(RunReply)> done) {
  const auto wait = [this, run_id, timeout](std::function<void(RunReply)> told) {
    const auto* entry = entry_of(run_id);
    const bool is_active = entry != nullptr && !ended_here(*entry);
    if (!listeners_.contains(run_id) && !is_active) return find_run(run_id, std::move(told));
    listeners_of(run_id).add_waiter(run_id, timeout, std::move(told));
  };
  if (listeners_.contains(run_id)) return wait(std::move(done));
  desk_.ask(look_around, [this, wait, done = std::move(done)](Result<Look> result) mutable {
    if (error_of(result) == nullptr) saw(std::get<Look>(std::move(result)));
    wait(std::move(done));
  });
}

void ClusterFront::find_run(const std::string& run_id, std::function<void(RunReply)> done) {
  const auto* entry = entry_of(run_id);
  if (entry != nullptr && !ended_here(*entry)) {
    const auto status = is_current(run_id) ? RunStatus::kStarted : status_of(*entry);
    const auto run = record_of(entry->job, status);
    parts_.executor.post([run, done = std::move(done)] { done(run); });
    return;
  }
  // What this holder has ended may not be written yet.
  if (service_ != nullptr && service_->knows(run_id)) {
    return service_->find_run(run_id, std::move(done));
  }
  parts_.readers.ask(
      [run_id](Connection& connection, const std::stop_token& stop) {
        // One that was not seen yet. Before the log: what ends meanwhile is found there.
        const auto waits = line::find(connection, run_id, stop);
        if (waits && waits->state != line::Entry::State::kEnded) {
          return record_of(waits->job, status_of(*waits));
        }
        if (auto found = ended_run(connection, run_id, stop)) return *found;
        throw run_archive::unknown(run_id);
      },
      std::move(done));
}

void ClusterFront::list_runs(unsigned limit, RunFilter filter,
                             std::function<void(RunsReply)> done) const {
  run_archive::list(parts_.readers, limit, std::move(filter), std::move(done));
}

protocol::Status ClusterFront::brief_status() const {
  auto status = service_ != nullptr ? service_->brief_status() : word_.status();
  const auto now = parts_.clock.wall();
  if (service_ == nullptr) {
    const auto* holder = current();
    const auto known = std::exchange(status.current_sync, std::nullopt);
    if (holder != nullptr) {
      status.current_sync = protocol::CurrentSync{holder->run_id,
                                                  holder->request.sync_type,
                                                  holder->request.season,
                                                  holder->started_at,
                                                  0,
                                                  holder->request.triggered_by,
                                                  {}};
      if (known && known->run_id == holder->run_id) status.current_sync = known;
    }
    status.recent_syncs.clear();
    status.datasets = history_.datasets(season(), now, options_);
    status.paused = seen_.paused;
    status.problems.clear();
    status.version = protocol::kVersion;
  }
  status.started_at = started_at_;
  status.queue.clear();
  for (const auto* entry : waiting()) {
    const auto& job = entry->job;
    const auto position = static_cast<unsigned>(status.queue.size()) + 1;
    status.queue.push_back(
        {job.run_id, job.request.sync_type, job.requested_at, position, job.request.triggered_by});
  }
  status.instance = parts_.self.name;
  status.holder = service_ != nullptr ? parts_.self.name : seen_.holder;
  status.instances = seen_.others;
  for (const auto& describer : describers_) describer(status);
  return status;
}

const SyncJob* ClusterFront::current() const {
  if (service_ != nullptr) return service_->current();
  for (const auto& entry : seen_.line.entries) {
    if (entry.state == line::Entry::State::kRunning) return &entry.job;
  }
  return nullptr;
}

const RunHistory::Times& ClusterFront::last_success() const {
  return history_.last_success(season());
}

void ClusterFront::observe(std::function<void(const SyncEvent&)> observer) {
  observers_.push_back(std::move(observer));
}

void ClusterFront::describe(std::function<void(protocol::Status&)> describer) {
  describers_.push_back(std::move(describer));
}

}  // namespace nbasync
