#include "cluster/cluster_front.hpp"

#include <chrono>
#include <utility>

#include "base/text.hpp"
#include "base/uuid.hpp"
#include "log/log.hpp"
#include "protocol/errors.hpp"
#include "sync/describe_job.hpp"
#include "sync/request_defaults.hpp"

namespace nbasync {

namespace {

constexpr int kTries = 3;  // of a request, when the answer is lost

// All that is asked of the line is little: a server that is silent for so long stands still, and
// another may have the database by now.
constexpr std::chrono::milliseconds kDeskPatience{3'000};

Refusal shutting_down() { return {Errc::kShuttingDown, "the daemon is shutting down", {}, 0}; }

// Asked again, it is the same request.
Admission line_up_once(Connection& connection, const SyncJob& job, const line::Options& options,
                       const std::stop_token& stop) {
  for (int attempt = 1;; ++attempt) {
    try {
      return line::join(connection, job, options, stop);
    } catch (const Error& error) {
      if (attempt == kTries || error.code() != Errc::kStorage) throw;
    }
  }
}

}  // namespace

ClusterFront::ClusterFront(Parts parts, ServiceOptions options)
    : parts_(std::move(parts)),
      options_(std::move(options)),
      started_at_(parts_.clock.wall()),
      desk_(parts_.executor, parts_.database, 1, kDeskPatience),
      next_look_([this] { look(); }),
      announcer_(desk_, parts_.clock, parts_.self),
      feed_(parts_.readers, [this](const DataChange& change) { notify(event_of(change)); }) {}

ClusterFront::~ClusterFront() = default;

void ClusterFront::sync(SyncRequest request, std::function<void(const Admission&)> admitted,
                        std::function<void(const RunRecord&)> done) {
  line_up(std::move(request), 0, std::move(admitted), std::move(done));
}

void ClusterFront::ask(SyncRequest request, std::function<void(const Admission&)> admitted,
                       std::function<void(const RunRecord&)> done) {
  line_up(std::move(request), epoch_, std::move(admitted), std::move(done));
}

void ClusterFront::line_up(SyncRequest request, std::int64_t holding,
                           std::function<void(const Admission&)> admitted,
                           std::function<void(const RunRecord&)> done) {
  const auto now = parts_.clock.wall();
  complete(request, options_, now);
  auto refusal = stopping_ ? std::optional(shutting_down()) : refusal_of(request, now);
  if (refusal) {
    auto admission = refuse(request, std::move(*refusal));
    parts_.executor.post([admission = std::move(admission), admitted = std::move(admitted)] {
      if (admitted) admitted(admission);
    });
    return;
  }
  if (request.run_id.empty()) request.run_id = make_uuid();
  const SyncJob job{request.run_id, request, now, {}};
  const line::Options how{.limit = static_cast<std::size_t>(options_.queue_limit),
                          .instance = parts_.self.name,
                          .rings = parts_.rings,
                          .holding = holding};
  desk_.ask(
      [job, how](Connection& connection, const std::stop_token& stop) {
        auto admission = line_up_once(connection, job, how, stop);
        return Asked{std::move(admission), look_around(connection, stop)};
      },
      [this, request, admitted = std::move(admitted),
       done = std::move(done)](Result<Asked> result) mutable {
        const auto* error = error_of(result);
        if (error != nullptr) {
          auto why = Refusal{error->code(), error->what(), {}, 0};
          if (stopping_) why = shutting_down();
          const auto admission = refuse(request, std::move(why));
          if (admitted) admitted(admission);
          return;
        }
        auto& asked = std::get<Asked>(result);
        const auto admission = admit(request, std::move(asked.admission), std::move(done));
        if (admitted) admitted(admission);
        saw(std::move(asked.look));
      });
}

Admission ClusterFront::refuse(const SyncRequest& request, Refusal refusal) {
  using enum Errc;
  if (refusal.code == kSyncInProgress || refusal.code == kQueueFull) {
    ++refusals_[refusal.code];
    const auto* holder = refusal.holder ? &*refusal.holder : nullptr;
    refusal.message = refusal_sentence(refusal, holder, parts_.clock.wall());
  }
  log::info("sync refused type={} by={} reason={} message={}", request.sync_type,
            in_quotes(requester_of(request)), protocol::names_of(refusal.code).word,
            in_quotes(refusal.message));
  if (service_ != nullptr) service_->decide(request, DecisionKind::kRefused, refusal.message, "");
  Admission admission;
  admission.refusal = std::move(refusal);
  return admission;
}

Admission ClusterFront::admit(const SyncRequest& request, Admission admission,
                              std::function<void(const RunRecord&)> done) {
  if (admission.refusal) return refuse(request, std::move(*admission.refusal));
  auto& listeners = listeners_of(admission.run_id);
  if (listeners.is_full())
    return refuse(request, Refusal{Errc::kQueueFull, {}, {}, queue_length()});
  const auto* entry = entry_of(admission.run_id);
  const bool runs = is_current(admission.run_id) ||
                    (entry != nullptr && entry->state == line::Entry::State::kRunning);
  listeners.add_caller(std::move(done), runs ? std::nullopt : std::optional(*request.timeout),
                       [this, run_id = admission.run_id](std::optional<RunListeners::Done> left) {
                         wait_over(run_id, std::move(left));
                       });
  tell_asked(request, admission);
  if (admission.disposition == Disposition::kStarted && request.dry_run) {
    admission.disposition = Disposition::kDryRun;
  }
  return admission;
}

// As the service does for one daemon; of what begins at once, the one that has the lock tells.
void ClusterFront::tell_asked(const SyncRequest& request, const Admission& admission) const {
  const bool joined = admission.disposition == Disposition::kJoined;
  const bool queued = admission.disposition == Disposition::kQueued;
  log::info("sync {} run={} type={} by={} waiting={}",
            joined   ? "joined"
            : queued ? "queued"
                     : "asked",
            admission.run_id, request.sync_type, in_quotes(requester_of(request)), queue_length());
  if (joined && service_ != nullptr) {
    service_->decide(request, DecisionKind::kJoined, kJoinedReason, admission.run_id);
  }
}

RunListeners& ClusterFront::listeners_of(const std::string& run_id) {
  auto& listeners = listeners_[run_id];
  if (!listeners) {
    listeners = std::make_unique<RunListeners>(parts_.executor, parts_.wheel, parts_.clock);
  }
  return *listeners;
}

// The last caller's patience is in the line itself, where the holder sees when it is over.
void ClusterFront::wait_over(const std::string& run_id, std::optional<RunListeners::Done> left) {
  ++refusals_[Errc::kLockTimeout];
  if (!left || !*left) return;
  SyncJob job;  // when the line has it no more
  job.run_id = run_id;
  if (const auto* entry = entry_of(run_id)) job = entry->job;
  const auto run = record_of_unstarted(
      job, RunStatus::kTimeout, Errc::kLockTimeout,
      lock_wait_sentence(current(), queue_length(), parts_.clock.wall()), parts_.clock.wall());
  parts_.executor.post([done = std::move(*left), run] { done(run); });
}

bool ClusterFront::cancel(const std::string& run_id) {
  if (is_current(run_id)) return service_->cancel(run_id);
  const auto* entry = entry_of(run_id);
  if (!listeners_.contains(run_id) && (entry == nullptr || ended_here(*entry))) return false;
  leave(run_id, [](const Result<bool>&) {});
  return true;
}

// The line knows it, also one that this daemon has not seen yet. What was seen says only which one
// this holder has ended.
void ClusterFront::cancel(const std::string& run_id,
                          std::function<void(const Result<bool>&)> done) {
  const auto* entry = entry_of(run_id);
  if (is_current(run_id) || (entry != nullptr && ended_here(*entry))) {
    parts_.executor.post([known = cancel(run_id), done = std::move(done)] { done(known); });
    return;
  }
  leave(run_id, std::move(done));
}

// Asks the line's holder to end it. `done`: whether the line has it.
void ClusterFront::leave(const std::string& run_id, std::function<void(const Result<bool>&)> done) {
  desk_.ask(
      [run_id, rings = parts_.rings](Connection& connection, const std::stop_token& stop) {
        const bool known =
            line::leave(connection, run_id, to_string(RunStatus::kCancelled), rings, stop);
        return std::pair{known, look_around(connection, stop)};
      },
      [this, done = std::move(done)](Result<std::pair<bool, Look>> result) {
        if (const auto* error = error_of(result)) {
          const auto why = shutting_down();
          return done(stopping_ ? Error(why.code, why.message) : *error);
        }
        auto& [known, look] = std::get<std::pair<bool, Look>>(result);
        done(known);
        saw(std::move(look));
      });
}

const line::Entry* ClusterFront::entry_of(const std::string& run_id) const {
  for (const auto& entry : seen_.line.entries) {
    if (entry.job.run_id == run_id) return &entry;
  }
  return nullptr;
}

// Whether this daemon carries it out now.
bool ClusterFront::is_current(const std::string& run_id) const {
  const auto* job = service_ == nullptr ? nullptr : service_->current();
  return job != nullptr && job->run_id == run_id;
}

// It was seen before this holder's own word on it was written.
bool ClusterFront::ended_here(const line::Entry& entry) const {
  return handled_.contains(entry.job.run_id) && !is_current(entry.job.run_id);
}

std::vector<const line::Entry*> ClusterFront::waiting() const {
  std::vector<const line::Entry*> entries;
  for (const auto& entry : seen_.line.entries) {
    // One of this holding that does not run has had no end that could be written.
    const bool left = service_ != nullptr && entry.epoch == epoch_ && !is_current(entry.job.run_id);
    const bool waits = entry.state == line::Entry::State::kWaiting || left;
    if (waits && entry.leave.empty() && !handled_.contains(entry.job.run_id)) {
      entries.push_back(&entry);
    }
  }
  return entries;
}

std::string ClusterFront::season() const {
  return season_in_force(options_.season, parts_.clock.wall());
}

}  // namespace nbasync
