#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/run_record.hpp"
#include "sync/cancellation.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

using RunReply = Result<RunRecord>;
using RunsReply = Result<std::vector<RunRecord>>;

// What the service keeps of a run that waits or runs, beside its place in the queue. Loop thread,
// but for `cancel`, which the worker reads.
struct ActiveRun {
  // Somebody who asked for the run and is told its end.
  struct Caller {
    std::function<void(const RunRecord&)> done;
    std::unique_ptr<Timer> lock_wait;  // while the run waits for the lock
  };
  // Somebody who waits for the run, whoever asked for it.
  struct Waiter {
    std::function<void(RunReply)> done;
    std::unique_ptr<Timer> timeout;
  };

  Cancellation cancel;
  bool starting = false;  // it has the lock, and its row of the log is being written
  std::vector<std::unique_ptr<Caller>> callers;
  std::vector<std::unique_ptr<Waiter>> waiters;
  std::unique_ptr<Timer> deadline;  // of the run, once it runs
  std::string step;
  unsigned percent = 0;
  std::int64_t thread_id = 0;  // of the worker, once it has begun
};

}  // namespace nbasync
