#include "sync/sync_runner.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/async.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "check/data_checks.hpp"
#include "dataset/dataset.hpp"
#include "protocol/errors.hpp"
#include "sync/describe_job.hpp"
#include "sync/progress_meter.hpp"
#include "sync/run_outcome.hpp"

namespace nbasync {

// One run under way.
struct SyncRunner::Execution {
  const Clock& clock;
  const Cancellation& cancel;
  const RunObserver& observer;
  std::stop_token stop;
  RunPlan plan;
  RunRecord& run;
  std::vector<RunRecord> records;                   // one a step
  std::vector<std::chrono::duration<double>> took;  // likewise
  ProgressMeter meter;

  Execution(const Clock& time, const Cancellation& cancellation, const RunObserver& told,
            RunPlan planned, RunRecord& record)
      : clock(time),
        cancel(cancellation),
        observer(told),
        stop(cancellation.token()),
        plan(std::move(planned)),
        run(record),
        took(plan.steps.size()),
        meter(plan.steps, observer.progress) {
    for (const auto& step : plan.steps) {
      auto& own = records.emplace_back(run);
      if (!plan.listed) continue;
      own.dry_run = false;
      own.run_id = format("{}/{}", run.run_id, step->name());
      own.sync_type = step->name();
    }
  }

  // Runs a part of a step; false if it failed.
  template <typename Work>
  bool attempt_step(std::size_t index, Work work) {
    const auto& step = *plan.steps[index];
    auto& record = records[index];
    if (took[index].count() == 0) record.started_at = clock.wall();
    const SteadyTime started = clock.steady();
    meter.at_work(index);
    const auto unless_stopped = [&] {
      if (stop.stop_requested()) throw Error(Errc::kCancelled, "cancelled");
      work();
      return true;
    };
    const auto result = attempt(unless_stopped);
    took[index] += clock.steady() - started;
    record.duration_seconds = took[index].count();
    record.completed_at = clock.wall();
    const auto cost = step.cost();
    record.requests = static_cast<std::int64_t>(cost.requests);
    record.bytes_received = static_cast<std::int64_t>(cost.bytes_received);
    const auto* error = error_of(result);
    if (error == nullptr) return true;
    if (error->code() == Errc::kCancelled && stop.stop_requested()) {
      set_stopped(record, cancel.why(), step.name());
    } else if (error->code() == Errc::kInternal) {
      set_failed(record, error->code(), format("{}: {}", step.name(), error->what()));
    } else {
      set_failed(record, error->code(), error->what());
    }
    return false;
  }

  bool prepare(std::size_t index) {
    return attempt_step(index, [&] { plan.steps[index]->prepare(clock.wall(), stop); });
  }

  bool fetch(std::size_t index) {
    auto& step = *plan.steps[index];
    return attempt_step(index, [&] {
      step.fetch([&] { meter.answered(index); }, stop);
      if (stop.stop_requested()) throw Error(Errc::kCancelled, "cancelled");
    });
  }

  void store(std::size_t index) {
    auto& step = *plan.steps[index];
    attempt_step(index, [&] { set_result(records[index], step.store(clock.wall(), stop)); });
  }

  // How many requests the steps are going to make; if it cannot be read, each tells in its turn.
  void look_ahead() const {
    if (!plan.look_ahead) return;
    const auto look = [&] {
      plan.look_ahead(clock.wall(), stop);
      return true;
    };
    attempt(look);
  }

  // Adds a step's record to the run's.
  void conclude(std::size_t index) {
    auto& record = records[index];
    if (!plan.listed) {
      const auto started = run.started_at;
      run = record;
      run.started_at = started;
      return;
    }
    add(run, record);
    if (record.status != RunStatus::kSuccess) {
      const bool first = run.error_code.empty();
      const bool stopped = record.status != RunStatus::kFailed;
      if (first || stopped) run.error_code = record.error_code;
      run.error_message += format("{}step {}: {}", run.error_message.empty() ? "" : "; ",
                                  plan.steps[index]->name(), record.error_message);
      if (stopped) run.status = record.status;
      if (record.error_code == protocol::names_of(Errc::kStorageReplaced).word) {
        for (auto& step : run.steps) step = lost_with_the_file(step, record.error_message);
      }
    }
    run.steps.push_back(std::move(record));
  }

  void end() {
    if (!plan.listed || run.status != RunStatus::kStarted) return;
    const bool failed = !run.error_code.empty();
    run.status = failed ? RunStatus::kFailed : RunStatus::kSuccess;
  }

  void run_for_real() {
    for (std::size_t index = 0; index < plan.steps.size() && !was_stopped(); ++index) {
      if (prepare(index) && fetch(index)) store(index);
      meter.ended(index, records[index]);
      conclude(index);
      plan.steps[index].reset();  // with the answers, which are large
      if (plan.listed) observer.step_ended(run);
    }
    end();
    check();
  }

  // The season's size: what does not fit is a note. It is no failure, and neither is a comparison
  // that did not come to its end.
  void check() {
    if (!plan.check || was_stopped()) return;
    const auto compare = [&] { return plan.check(clock.wall(), stop); };
    const auto answers = attempt(compare);
    if (const auto* error = error_of(answers)) {
      add_note(run.note, format("what is stored was not compared: {}", error->what()));
      return;
    }
    run.checks = std::make_shared<const CheckAnswers>(std::get<CheckAnswers>(answers));
    add_note(run.note, note_of(*run.checks));
  }

  // What is rehearsed holds the database's write lock: all is fetched before. What a step that
  // leads stores decides what the others ask, so that one is rehearsed on its own first.
  void run_dry(Store& database) {
    std::vector<bool> fetched_all(plan.steps.size());
    std::vector<bool> prepared(plan.steps.size());
    const auto ask = [&](bool leading) {
      for (std::size_t index = 0; index < plan.steps.size(); ++index) {
        if (plan.steps[index]->leads() != leading) continue;
        if (leading) prepared[index] = prepare(index);
        fetched_all[index] = prepared[index] && fetch(index);
      }
    };
    ask(true);
    database.rehearse(
        [&] {
          for (std::size_t index = 0; index < plan.steps.size(); ++index) {
            const bool leads = plan.steps[index]->leads();
            if (leads && fetched_all[index]) store(index);
            if (!leads) prepared[index] = prepare(index);
          }
        },
        stop);
    ask(false);
    auto changes = database.rehearse(
        [&] {
          for (std::size_t index = 0; index < plan.steps.size(); ++index) {
            if (fetched_all[index]) store(index);
            meter.ended(index, records[index]);
          }
        },
        stop);
    for (std::size_t index = 0; index < plan.steps.size() && !was_stopped(); ++index) {
      conclude(index);
    }
    end();
    run.changes = std::make_shared<const RowChanges>(std::move(changes));
  }

  bool was_stopped() const {
    return run.status != RunStatus::kStarted && run.status != RunStatus::kSuccess &&
           run.status != RunStatus::kFailed;
  }
};

SyncRunner::SyncRunner(Store& store, SyncLock& lock, const Clock& clock, RunPlanner planner)
    : store_(store), lock_(lock), clock_(clock), planner_(std::move(planner)) {}

RunRecord SyncRunner::run(const SyncJob& job, const Cancellation& cancel,
                          const RunObserver& observer) noexcept {
  RunRecord run;
  const SteadyTime started = clock_.steady();
  const auto work = [&] {
    run = record_of(job, RunStatus::kStarted);
    run.thread_id = ::gettid();
    lock_.note_run(run.run_id, run.sync_type, job.started_at);
    store_.begin(run.run_id, cancel.token());
    Execution execution(clock_, cancel, observer, planner_(job), run);
    execution.look_ahead();
    if (run.dry_run) {
      execution.run_dry(store_);
    } else {
      execution.run_for_real();
    }
  };
  const auto result = attempt(work);
  if (const auto* error = error_of(result)) {
    const bool stopped = error->code() == Errc::kCancelled && cancel.token().stop_requested();
    if (stopped) {
      set_stopped(run, cancel.why(), run.sync_type);
    } else {
      set_failed(run, error->code(), error->what());
    }
  }
  run.duration_seconds = std::chrono::duration<double>(clock_.steady() - started).count();
  run.completed_at = clock_.wall();
  store_.release_memory();
  lock_.note_run({}, {}, {});
  return run;
}

}  // namespace nbasync
