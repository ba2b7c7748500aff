#pragma once

#include <functional>

#include "base/clock.hpp"
#include "db/sync_lock.hpp"
#include "model/run_progress.hpp"
#include "model/run_record.hpp"
#include "store/store.hpp"
#include "sync/cancellation.hpp"
#include "sync/step.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// What a run tells while it works, on the worker thread.
struct RunObserver {
  // How far it is.
  std::function<void(const RunProgress&)> progress;
  // A step that has a record of its own has ended: the run so far.
  std::function<void(const RunRecord&)> step_ended;
};

// Carries out runs, one at a time: the steps of their plans, of which it knows nothing. A step that
// fails does not stop the others. Straight-line blocking code on the worker thread.
class SyncRunner {
 public:
  // All must outlive the runner.
  SyncRunner(Store& store, SyncLock& lock, const Clock& clock, RunPlanner planner);

  // Never throws: what went wrong is in the record.
  RunRecord run(const SyncJob& job, const Cancellation& cancel,
                const RunObserver& observer) noexcept;

 private:
  struct Execution;

  Store& store_;
  SyncLock& lock_;
  const Clock& clock_;
  RunPlanner planner_;
};

}  // namespace nbasync
