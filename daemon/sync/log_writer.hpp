#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/async.hpp"
#include "base/clock.hpp"
#include "store/log_batch.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// The one writer of the log: rows of runs, and the scheduler's decisions and memory. It writes on
// another thread, one transaction at a time; what comes meanwhile is written together afterwards,
// of one run only the newest state. What cannot be written is tried again. Loop thread.
class LogWriter {
 public:
  // Rows of runs that wait to be written, at most, before new runs should be refused: a row itself
  // is never dropped.
  static constexpr std::size_t kMostRuns = 1'000;

  // Decisions that wait; beyond, the oldest are dropped, counted and told.
  static constexpr std::size_t kMostDecisions = 10'000;

  // Whether the write-ahead log should be emptied later, because a reader holds it up.
  using Write = std::function<bool(const LogBatch&, const std::stop_token&)>;
  using Written = std::function<void(const Result<std::monostate>&)>;

  // `write` is called on a thread of `executor`; it throws Error. All must outlive this.
  LogWriter(Executor& executor, TimerWheel& wheel, const Clock& clock, Write write);
  ~LogWriter();
  LogWriter(const LogWriter&) = delete;
  LogWriter& operator=(const LogWriter&) = delete;

  // From now on it writes to a line that several daemons share, too.
  void share() { shared_ = true; }
  bool is_shared() const { return shared_; }

  // Whether such a run has a row: of a dry run only that line knows.
  bool keeps(const RunRecord& run) const { return !run.dry_run || shared_; }

  // `written` is told, once, that the row is durable, or why the first try failed; the row is then
  // tried again all the same.
  void write(const RunRecord& run, Written written = nullptr);

  // The newest state of a run that is not written yet; null if there is none.
  const RunRecord* unwritten(const std::string& run_id) const;
  bool is_full() const { return runs_.size() >= kMostRuns; }

  // How long ended runs stay in the log; nullopt: for ever.
  void set_history(std::optional<Duration> history) { history_ = history; }

  // How much of the feed of changes stays.
  void set_changes_kept(const ChangesKept& kept) { kept_ = kept; }

  // It is tidied up after a run has ended, unless this says that the next one begins at once. It
  // must live as long as the log is written to; null for none.
  void tidy_up_unless(std::function<bool()> next_begins) { next_begins_ = std::move(next_begins); }

  void decided(Decision decision);
  void remember(const std::string& schedule, std::optional<ScheduleMemory> memory);
  void set_paused(bool paused);
  void remember_backfill(const std::string& season, std::optional<BackfillMemory> memory);

  // Calls `stopped` once all is written; or, when that takes longer than `patience`, once the write
  // under way has been broken off. Nothing is written after that.
  void stop(Duration patience, std::function<void()> stopped);

  // Breaks off the write under way; nothing is written any more.
  void break_off() { stop_.request_stop(); }

 private:
  void wake();
  void start();
  void tidy_up();
  void finish(const Result<bool>& result);
  void put_back();
  void end_if_idle();

  Executor& executor_;
  TimerWheel& wheel_;
  const Clock& clock_;
  Write write_;
  bool shared_ = false;
  bool over_ = false;  // stopped: nothing is written any more
  std::optional<Duration> history_;
  std::vector<RunRecord> runs_;  // oldest first, one a run
  ScheduleChanges schedules_;
  std::vector<Written> waiting_;  // for what is in runs_
  std::shared_ptr<LogBatch> under_way_;
  std::vector<Written> told_;  // of that
  bool woken_ = false;
  std::uint64_t dropped_ = 0;
  Timer retry_;
  Timer empty_log_;
  bool empties_log_ = false;  // with the next batch
  std::function<bool()> next_begins_;
  std::size_t ended_ = 0;  // runs, since it was tidied up
  ChangesKept kept_;
  bool removes_changes_ =
      false;  // with the next batch: it has been tidied up, and the row is written
  Timer patience_;
  std::stop_source stop_;
  std::function<void()> stopped_;
};

}  // namespace nbasync
