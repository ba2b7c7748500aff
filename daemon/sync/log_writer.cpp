#include "sync/log_writer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "log/log.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kBeforeRetry{1'000};

// After a reader that held the write-ahead log up has gone, it is empty within so long.
constexpr Duration kBetweenEmptying{30'000};

// Runs that end while others wait.
constexpr std::size_t kMostBeforeTidyingUp = 100;

bool ended(const RunRecord& run) { return has_ended(run.status); }

}  // namespace

LogWriter::LogWriter(Executor& executor, TimerWheel& wheel, const Clock& clock, Write write)
    : executor_(executor),
      wheel_(wheel),
      clock_(clock),
      write_(std::move(write)),
      retry_([this] { wake(); }),
      empty_log_([this] {
        empties_log_ = true;
        wake();
      }),
      patience_([this] { stop_.request_stop(); }) {}

LogWriter::~LogWriter() = default;

void LogWriter::write(const RunRecord& run, Written written) {
  const auto known = std::ranges::find(runs_, run.run_id, &RunRecord::run_id);
  if (known == runs_.end()) {
    runs_.push_back(run);
  } else {
    *known = run;
  }
  if (written) waiting_.push_back(std::move(written));
  wake();
}

const RunRecord* LogWriter::unwritten(const std::string& run_id) const {
  const auto find = [&](const std::vector<RunRecord>& runs) -> const RunRecord* {
    const auto found = std::ranges::find(runs, run_id, &RunRecord::run_id);
    return found == runs.end() ? nullptr : &*found;
  };
  const auto* newest = find(runs_);
  return newest == nullptr && under_way_ ? find(under_way_->runs) : newest;
}

void LogWriter::decided(Decision decision) {
  auto& decisions = schedules_.decisions;
  decisions.push_back(std::move(decision));
  if (decisions.size() > kMostDecisions) {
    decisions.erase(decisions.begin());
    if (dropped_++ == 0) log::error("decisions dropped; the database cannot be written");
  }
  wake();
}

void LogWriter::remember(const std::string& schedule, std::optional<ScheduleMemory> memory) {
  schedules_.memories[schedule] = std::move(memory);
  wake();
}

void LogWriter::remember_backfill(const std::string& season, std::optional<BackfillMemory> memory) {
  schedules_.backfill[season] = std::move(memory);
  wake();
}

void LogWriter::set_paused(bool paused) {
  schedules_.paused = paused;
  wake();
}

// On the next turn, so that what one turn brings is one transaction.
void LogWriter::wake() {
  if (under_way_ || woken_ || over_) return;
  woken_ = true;
  executor_.post([this] { start(); });
}

void LogWriter::start() {
  woken_ = false;
  if (under_way_) return;
  retry_.cancel();
  under_way_ = std::make_shared<LogBatch>(LogBatch{std::exchange(runs_, {}),
                                                   std::exchange(schedules_, {}),
                                                   {},
                                                   std::exchange(empties_log_, false)});
  tidy_up();
  if (std::exchange(removes_changes_, false)) {
    under_way_->kept = kept_;
    under_way_->now = clock_.wall();
  }
  told_ = std::exchange(waiting_, {});
  if (under_way_->empty() || stop_.stop_requested()) {
    finish(under_way_->empty() ? Result<bool>(false)
                               : Error(Errc::kCancelled, "sync log: the daemon is stopping"));
    return;
  }
  async(
      executor_, [this, batch = under_way_] { return write_(*batch, stop_.get_token()); },
      [this](const Result<bool>& result) { finish(result); });
}

// It takes longer than a small run: of many that follow each other, after the last of them.
void LogWriter::tidy_up() {
  const auto ends = std::ranges::count_if(under_way_->runs, ended);
  if (ends == 0) return;
  ended_ += static_cast<std::size_t>(ends);
  if (next_begins_ && next_begins_() && ended_ < kMostBeforeTidyingUp) return;
  ended_ = 0;
  under_way_->tidies_up = true;
  if (history_) under_way_->history_end = clock_.wall() - *history_;
}

void LogWriter::finish(const Result<bool>& result) {
  const auto* error = error_of(result);
  const auto told = error == nullptr ? Result<std::monostate>() : *error;
  if (error == nullptr && std::get<bool>(result) && !stopped_) {
    wheel_.arm(empty_log_, tick_after(clock_, kBetweenEmptying));
  }
  if (error != nullptr) {
    log::error("sync log not written rows={} error={}", under_way_->runs.size(),
               in_quotes(error->what()));
    put_back();
    wheel_.arm(retry_, tick_after(clock_, kBeforeRetry));
  } else if (const auto dropped = std::exchange(dropped_, 0); dropped > 0) {
    log::error("sync log written again; decisions dropped meanwhile count={}", dropped);
  }
  // Only now: who waits for the run's row need not wait for this.
  if (error == nullptr && under_way_->tidies_up) removes_changes_ = true;
  under_way_.reset();
  for (const auto& written : std::exchange(told_, {})) written(told);
  if (error == nullptr && (!runs_.empty() || !schedules_.empty() || removes_changes_)) wake();
  end_if_idle();
}

// What has come since is newer.
void LogWriter::put_back() {
  auto& batch = *under_way_;
  std::erase_if(batch.runs, [this](const RunRecord& run) {
    return std::ranges::find(runs_, run.run_id, &RunRecord::run_id) != runs_.end();
  });
  std::ranges::move(runs_, std::back_inserter(batch.runs));
  runs_ = std::move(batch.runs);
  empties_log_ = empties_log_ || batch.empties_log;
  schedules_.memories.merge(batch.schedules.memories);
  schedules_.backfill.merge(batch.schedules.backfill);
  if (!schedules_.paused) schedules_.paused = batch.schedules.paused;
  auto& decisions = batch.schedules.decisions;
  std::ranges::move(schedules_.decisions, std::back_inserter(decisions));
  if (decisions.size() > kMostDecisions) {
    dropped_ += decisions.size() - kMostDecisions;
    decisions.erase(decisions.begin(), decisions.end() - kMostDecisions);
  }
  schedules_.decisions = std::move(decisions);
}

void LogWriter::stop(Duration patience, std::function<void()> stopped) {
  stopped_ = std::move(stopped);
  wheel_.arm(patience_, tick_after(clock_, patience));
  wake();
}

void LogWriter::end_if_idle() {
  const bool done =
      (runs_.empty() && schedules_.empty() && !removes_changes_) || stop_.stop_requested();
  if (!stopped_ || under_way_ || !done) return;
  patience_.cancel();
  retry_.cancel();
  empty_log_.cancel();
  over_ = true;
  executor_.post(std::exchange(stopped_, nullptr));
}

}  // namespace nbasync
