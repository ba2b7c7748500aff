#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/executor.hpp"
#include "base/result.hpp"
#include "model/run_progress.hpp"
#include "model/run_record.hpp"
#include "sync/cancellation.hpp"
#include "sync/log_writer.hpp"
#include "sync/sync_request.hpp"
#include "sync/sync_runner.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Carries out a run, on a thread of the executor; does not throw.
using Work = std::function<RunRecord(const SyncJob&, const Cancellation&, const RunObserver&)>;

// The run that holds the lock, from that moment to its end: its row 'started' is written, its work
// is done, the row of its end is written. Loop thread; its work is elsewhere.
class HeldRun : public std::enable_shared_from_this<HeldRun> {
 public:
  // All must outlive the run.
  struct Parts {
    Executor& executor;
    TimerWheel& wheel;
    const Clock& clock;
    const Work& work;
    LogWriter& log;
  };

  // How far its work is.
  struct Progress {
    RunProgress run;
    std::int64_t thread_id = 0;  // of the worker, once it has begun
  };

  // `progressed` is called with each step; `over` once, at the end, after which the run may be
  // dropped. Neither is called before start().
  HeldRun(Parts parts, SyncJob job, std::function<void()> progressed,
          std::function<void(std::shared_ptr<const RunRecord>)> over);
  HeldRun(const HeldRun&) = delete;
  HeldRun& operator=(const HeldRun&) = delete;

  // Its work begins when the log says durably that the run has started.
  void start();

  // Ends the run early, with this status; at once, within the call, if its work has not begun.
  void stop(RunStatus why);

  // The same, and the end is told without waiting for its row.
  void stop_for_good();

  // Asks its work to end; nobody is told.
  void abandon() { cancel_.request(RunStatus::kInterrupted); }

  // Its work is done: only the row of its end is to be written.
  bool is_ending() const { return state_ == State::kEnding; }
  const Progress& progress() const { return progress_; }

 private:
  enum class State { kStarting, kWorking, kEnding, kOver };

  void begin(const Result<std::monostate>& written);
  RunObserver observer();
  void worked(Result<RunRecord> result);
  void ended(RunRecord run);
  void logged(const RunRecord& end, const Result<std::monostate>& written);
  void lay_down(RunRecord run, const Error& why);
  void conclude();

  Parts parts_;
  SyncJob job_;
  std::function<void()> progressed_;
  std::function<void(std::shared_ptr<const RunRecord>)> over_;
  State state_ = State::kStarting;
  Cancellation cancel_;  // the worker reads it
  Progress progress_;
  Timer deadline_;
  std::shared_ptr<const RunRecord> end_;
  Timer row_patience_;
  bool for_good_ = false;
};

}  // namespace nbasync
