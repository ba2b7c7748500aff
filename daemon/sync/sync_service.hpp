#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/executor.hpp"
#include "db/read_pool.hpp"
#include "model/data_change.hpp"
#include "model/decision.hpp"
#include "model/run_record.hpp"
#include "model/sync_event.hpp"
#include "protocol/status.hpp"
#include "sync/held_run.hpp"
#include "sync/log_writer.hpp"
#include "sync/run_history.hpp"
#include "sync/run_listeners.hpp"
#include "sync/service_options.hpp"
#include "sync/sync_queue.hpp"
#include "sync/sync_request.hpp"
#include "sync/sync_runner.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// All that the front doors know of syncing: they translate, this decides. Everything here is on the
// loop thread. Callers and observers are told in turns of the loop of their own, in the order in
// which things happened: never inside a call of ours, so the queue is whole then, and they may ask,
// cancel and stop at once. Each callback of a call comes exactly once.
class SyncService {
 public:
  // All must outlive the service.
  SyncService(Executor& executor, TimerWheel& wheel, const Clock& clock, Work work, LogWriter& log,
              ReadPool& readers, RunHistory history, ServiceOptions options);
  ~SyncService();

  // `admitted` is told whether the request got its place; then, unless it was refused, `done` the
  // run's end, or that the wait for the lock was over. Both may be empty.
  void sync(SyncRequest request, std::function<void(const Admission&)> admitted,
            std::function<void(const RunRecord&)> done);

  // The identical run that waits or runs, if there is one: what a request would join.
  const SyncJob* find_twin(SyncRequest request) const;

  // Cancels a waiting or running run: one that waits has left the line when this returns. False if
  // there is none of that id, or its work is done.
  bool cancel(const std::string& run_id);

  // Replies when the run has ended: at once if it has; kUnknownRun if there is none, kLockTimeout
  // when `timeout` is over first.
  void await_run(const std::string& run_id, std::optional<Duration> timeout,
                 std::function<void(RunReply)> done);

  void find_run(const std::string& run_id, std::function<void(RunReply)> done);
  void list_runs(unsigned limit, RunFilter filter, std::function<void(RunsReply)> done) const;

  protocol::Status status() const;

  // The one that is kept in step now, and when each type of it last ended with success.
  std::string season() const;
  const RunHistory::Times& last_success() const { return history_.last_success(season()); }

  const SyncJob* current() const { return queue_.holder(); }
  std::size_t queue_length() const { return queue_.waiting().size(); }

  // How many requests were turned away for want of the lock, since the start, by the reason; a
  // caller whose wait was over counts as kLockTimeout.
  const std::map<Errc, std::uint64_t>& refusals() const { return refusals_; }

  // For as long as the service lives.
  void observe(std::function<void(const SyncEvent&)> observer);

  // Tells the observers that data has changed.
  void tell(const DataChange& change);

  // When another file has taken the place of the database: what is known of ended runs, and so the
  // age of the data, is forgotten; then what was read of the new one is taken in.
  void forget_history() { history_.forget(); }
  void remember_history(const RunHistory& read);
  bool is_active(const std::string& run_id) const { return listeners_.contains(run_id); }

  // Told what was decided about each request, and why; inside the call, so it must not call back.
  void on_decision(std::function<void(Decision)> sink) { decided_ = std::move(sink); }

  // In force from the next request on. Of another season, the log is asked for what there is.
  void set_options(ServiceOptions options);
  const ServiceOptions& options() const { return options_; }

  // Runs `task` on the loop thread while no sync runs: now, or when the one that runs has ended and
  // before the next starts.
  void between_runs(std::function<void()> task);

  // Adds to each status what other parts know: hosts of upstream, schedules.
  void describe(std::function<void(protocol::Status&)> describer);

  // Refuses new requests, cancels what waits and runs (they end 'interrupted'), then calls
  // `drained`.
  void shut_down(std::function<void()> drained);

  // Asks the run under way to end; nobody is told any more. For the end of a broken process.
  void abandon();

 private:
  Admission admit(SyncRequest request, std::function<void(const RunRecord&)> done);
  Admission refuse(const SyncRequest& request, Errc code, const std::string& message) const;
  Admission refuse_busy(const SyncRequest& request, Refusal refusal);
  void add_caller(const std::string& run_id, Duration timeout,
                  std::function<void(const RunRecord&)> done);
  void lock_wait_over(const std::string& run_id, std::optional<RunListeners::Done> left);
  void start_next();
  void progressed();
  void end_waiting(const std::string& run_id, RunStatus status, Errc code,
                   const std::string& message);
  void conclude(const std::shared_ptr<const RunRecord>& run);
  void publish(const std::shared_ptr<const RunRecord>& run);
  void notify(SyncEvent event);
  void decide(const SyncRequest& request, DecisionKind kind, const std::string& reason,
              const std::string& run_id) const;
  void drain_if_idle();
  std::optional<RunRecord> record_of_active(const std::string& run_id) const;

  Executor& executor_;
  TimerWheel& wheel_;
  const Clock& clock_;
  Work work_;
  LogWriter& log_;
  ReadPool& readers_;
  ServiceOptions options_;
  SystemTime started_at_;

  SyncQueue queue_;
  std::shared_ptr<HeldRun> held_;  // of the queue's holder
  std::map<std::string, std::unique_ptr<RunListeners>>
      listeners_;                            // of waiting and held, by run id
  std::optional<SteadyTime> progress_told_;  // of any run: short ones in a row are no flood
  RunHistory history_;
  std::vector<std::function<void(const SyncEvent&)>> observers_;
  std::vector<std::function<void(protocol::Status&)>> describers_;
  std::function<void(Decision)> decided_ = [](const Decision&) {};
  std::vector<std::function<void()>> between_runs_;
  std::map<Errc, std::uint64_t> refusals_;
  bool shutting_down_ = false;
  std::function<void()> drained_;
};

}  // namespace nbasync
