#include <utility>

#include "cluster/cluster_front.hpp"
#include "cluster/line_holder.hpp"
#include "sync/describe_job.hpp"

// What a ClusterFront does as the holder.
namespace nbasync {
namespace {

// After a run that could not be written.
constexpr Duration kRest{1'000};

using State = line::Entry::State;

}  // namespace

void ClusterFront::hold(SyncService& service, std::int64_t epoch, Explain explain) {
  service_ = &service;
  epoch_ = epoch;
  announcer_.hold(epoch, [&service, explain = std::move(explain)] {
    return HolderWord::write(service.brief_status(), explain());
  });
  service.observe([this](const SyncEvent& event) { from_service(event); });
  look();
}

void ClusterFront::release() {
  announcer_.release();
  word_.forget();
  service_ = nullptr;
  epoch_ = 0;
  handled_.clear();
}

void ClusterFront::serve() {
  for (const auto& entry : seen_.line.entries) {
    if (entry.state == State::kWaiting && !handled_.contains(entry.job.run_id)) {
      if (ends_waiting(entry)) handled_.insert(entry.job.run_id);
    } else if (!entry.leave.empty() && is_current(entry.job.run_id)) {
      service_->cancel(entry.job.run_id);
    }
  }
  carry_out_first();
}

// One that nobody waits for any more, or that another holding wanted.
bool ClusterFront::ends_waiting(const line::Entry& entry) {
  if (entry.leave == to_string(RunStatus::kCancelled)) {
    service_->end_unstarted(entry.job, RunStatus::kCancelled, Errc::kCancelled,
                            "cancelled while it waited");
  } else if (!entry.leave.empty()) {
    service_->end_unstarted(entry.job, RunStatus::kTimeout, Errc::kLockTimeout,
                            lock_wait_sentence(current(), queue_length(), parts_.clock.wall()));
  } else if (entry.holding != 0 && entry.holding != epoch_) {
    service_->end_unstarted(entry.job, RunStatus::kInterrupted, Errc::kInterrupted,
                            "the daemon that wanted it has the lock no more");
  } else {
    return false;
  }
  return true;
}

void ClusterFront::carry_out_first() {
  if (service_->current() != nullptr) return;
  if (rests_until_ && parts_.clock.steady() < *rests_until_) return;
  const auto line = waiting();
  if (line.empty()) return;
  handled_.insert(line.front()->job.run_id);
  service_->carry_out(line.front()->job);
}

// What happens to the run that this daemon carries out. In a turn of its own.
void ClusterFront::from_service(const SyncEvent& event) {
  using Kind = SyncEvent::Kind;
  if (event.kind == Kind::kStarted) {
    news_[event.run_id] = Kind::kStarted;
    if (listeners_.contains(event.run_id)) listeners_.at(event.run_id)->lock_taken();
  }
  if (event.last_seq) feed_.told(event.run_id, *event.last_seq);
  if (event.kind != Kind::kFinished) {
    for (const auto& observer : observers_) observer(event);
    return;
  }
  if (!goes_on(*event.run)) {
    ended(event.run);
  } else if (stopping_) {
    tell_listeners(event.run);
  } else {
    handled_.erase(event.run_id);  // it may be this one that takes it up again
    rests_until_ = parts_.clock.steady() + kRest;
  }
  // What is next begins only when it is seen that the database is there.
  if (service_ != nullptr) look();
}

// What is interrupted waits in the line for the next holder, or has ended there; and what became of
// a run that this one had to leave, it does not know.
bool ClusterFront::goes_on(const RunRecord& run) const {
  if (service_ == nullptr && !stopping_) return true;
  const auto* entry = entry_of(run.run_id);
  return run.status == RunStatus::kInterrupted && (entry == nullptr || entry->holding == 0);
}

// The log writer's thread. What is interrupted, the next holder takes up again.
void ClusterFront::note(Connection& connection, const RunRecord& run, const std::stop_token& stop) {
  if (run.status == RunStatus::kInterrupted) {
    line::laid_down(connection, run.run_id, stop);
    return;
  }
  if (!has_ended(run.status)) {
    line::started(connection, run.run_id, epoch_, stop);
    if (parts_.rings) ring(connection, stop);
    return;
  }
  line::ended(connection, run,
              run.dry_run ? std::optional(result_of(run)) : std::optional<std::string>(), stop);
  line::forget(connection, stop);
  if (parts_.rings) ring(connection, stop);
}

}  // namespace nbasync
