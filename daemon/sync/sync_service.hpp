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
#include "base/result.hpp"
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
#include "sync/shared_line.hpp"
#include "sync/sync_front.hpp"
#include "sync/sync_queue.hpp"
#include "sync/sync_request.hpp"
#include "sync/sync_runner.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Who has the lock carries out one request after another. Loop thread.
class SyncService final : public SyncFront {
 public:
  // All must outlive the service.
  SyncService(Executor& executor, TimerWheel& wheel, const Clock& clock, Work work, LogWriter& log,
              ReadPool& readers, RunHistory history, ServiceOptions options);
  ~SyncService() override;

  void sync(SyncRequest request, std::function<void(const Admission&)> admitted,
            std::function<void(const RunRecord&)> done) override;

  // Over a database that several daemons share: sync(), find_twin() and cancel() are passed on to
  // their line, and what is asked here comes back by carry_out(). The doors ask that line itself.
  // `line` must outlive the service.
  void stand_behind(SharedLine& line) { line_ = &line; }

  // Begins the run of a job that is first in that line, while none runs.
  void carry_out(SyncJob job);

  // One of that line ends without having run.
  void end_unstarted(const SyncJob& job, RunStatus status, Errc code, const std::string& message);

  // The identical run that waits or runs, if there is one: what a request would join.
  const SyncJob* find_twin(SyncRequest request) const;

  // The answer at once; of a shared line, as it was last seen. One that waits in a line of its own
  // has left it when this returns.
  bool cancel(const std::string& run_id);
  void cancel(const std::string& run_id, std::function<void(const Result<bool>&)> done) override;
  void await_run(const std::string& run_id, std::optional<Duration> timeout,
                 std::function<void(RunReply)> done) override;
  void find_run(const std::string& run_id, std::function<void(RunReply)> done) override;
  void list_runs(unsigned limit, RunFilter filter,
                 std::function<void(RunsReply)> done) const override;
  protocol::Status brief_status() const override;
  const std::deque<RunRecord>& recent() const override { return history_.recent(); }

  // Whether it has word of the run that the log may not have.
  bool knows(const std::string& run_id) const {
    return log_.unwritten(run_id) != nullptr || history_.find(run_id) != nullptr;
  }

  // The one that is kept in step now.
  std::string season() const;
  const RunHistory::Times& last_success() const override { return history_.last_success(season()); }

  const SyncJob* current() const override { return queue_.holder(); }
  std::size_t queue_length() const override { return queue_.waiting().size(); }
  const std::map<Errc, std::uint64_t>& refusals() const override { return refusals_; }
  void observe(std::function<void(const SyncEvent&)> observer) override;

  // Tells the observers that data has changed.
  void tell(const DataChange& change);

  // When another file has taken the place of the database: what is known of ended runs, and so the
  // age of the data, is forgotten; then what was read of the new one is taken in.
  void forget_history() { history_.forget(); }
  void remember_history(const RunHistory& read);
  bool is_active(const std::string& run_id) const { return listeners_.contains(run_id); }

  // For the record of decisions.
  void decide(const SyncRequest& request, DecisionKind kind, const std::string& reason,
              const std::string& run_id) const;

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
  void tell_progress();
  void end_waiting(const std::string& run_id, RunStatus status, Errc code,
                   const std::string& message);
  void conclude(const std::shared_ptr<const RunRecord>& run);
  void publish(const std::shared_ptr<const RunRecord>& run);
  void notify(SyncEvent event);
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

  SharedLine* line_ = nullptr;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);  // while who asks the line by us is
  SyncQueue queue_;
  std::shared_ptr<HeldRun> held_;  // of the queue's holder
  std::map<std::string, std::unique_ptr<RunListeners>>
      listeners_;             // of waiting and held, by run id
  SteadyTime progress_from_;  // is told, of any run: short ones in a row are no flood
  Timer progress_due_;        // armed while a newer one than was told is kept back
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
