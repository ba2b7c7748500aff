#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/executor.hpp"
#include "base/result.hpp"
#include "model/run_record.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

using RunReply = Result<RunRecord>;
using RunsReply = Result<std::vector<RunRecord>>;

// Those who are told the end of one run that waits or runs: who asked for it, and who waits for it
// whoever asked. Each is told once, in a turn of the loop of its own. Loop thread.
class RunListeners {
 public:
  // Of one run, of either kind.
  static constexpr std::size_t kMost = 1'000;

  using Done = std::function<void(const RunRecord&)>;

  // The wait of a caller for the lock is over: the caller that has left, or nothing if it was the
  // only one and is still here. May end the listeners.
  using LockWaitOver = std::function<void(std::optional<Done>)>;

  RunListeners(Executor& executor, TimerWheel& wheel, const Clock& clock)
      : executor_(executor), wheel_(wheel), clock_(clock) {}

  bool is_full() const { return callers_.size() >= kMost || waiters_.size() >= kMost; }

  // `done` may be empty. With `lock_wait` the caller leaves when the lock does not come in time.
  void add_caller(Done done, std::optional<Duration> lock_wait, LockWaitOver over);

  // With `timeout` it is told kLockTimeout when the run has not ended then, and kQueueFull if too
  // many wait already; `run_id` is for that.
  void add_waiter(const std::string& run_id, std::optional<Duration> timeout,
                  std::function<void(RunReply)> done);

  // The run has the lock: nobody leaves any more.
  void lock_taken();

  // The run has ended.
  void tell(const std::shared_ptr<const RunRecord>& run);

 private:
  struct Caller {
    Done done;
    std::unique_ptr<Timer> lock_wait;
  };
  struct Waiter {
    std::function<void(RunReply)> done;
    std::unique_ptr<Timer> timeout;
  };

  Executor& executor_;
  TimerWheel& wheel_;
  const Clock& clock_;
  std::vector<std::unique_ptr<Caller>> callers_;
  std::vector<std::unique_ptr<Waiter>> waiters_;
};

}  // namespace nbasync
