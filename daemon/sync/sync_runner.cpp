#include "sync/sync_runner.hpp"

#include <unistd.h>

#include <array>
#include <exception>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "log/log.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

constexpr std::int64_t kLargeWriteAheadLog = 64 << 20;  // bytes

// The datasets of a sync type, in order. The service has checked that the type exists.
std::vector<const Dataset*> datasets_of(const std::string& sync_type) {
  if (sync_type != protocol::kFullSync) return {find_dataset(sync_type)};
  return {catalog().begin(), catalog().end()};
}

// "commonteamyears, leaguestandingsv3": whom to ask about an answer that is wrong as a whole.
std::string endpoints_of(const std::vector<Request>& requests) {
  std::set<std::string_view> names;
  for (const auto& request : requests) names.insert(request.endpoint());
  return format("{}", fmt::join(names, ", "));
}

void set_error(RunRecord& record, Errc code, const std::string& message) {
  record.error_code = protocol::names_of(code).word;
  record.error_message = message;
}

// Says how a run ended that did not end by itself.
void set_stopped(RunRecord& record, RunStatus why, const std::string& step) {
  record.status = why;
  const auto say = [&](Errc code, const char* reason) {
    set_error(record, code,
              format("{} during {}; its tables are as they were before", reason, step));
  };
  if (why == RunStatus::kTimeout) {
    say(Errc::kRunTimeout, "cancelled: the run's own deadline (run_timeout) was over");
  } else if (why == RunStatus::kInterrupted) {
    say(Errc::kInterrupted, "interrupted: the daemon was told to stop");
  } else {
    say(Errc::kCancelled, "cancelled on request");
  }
}

void add(RunRecord& whole, const RunRecord& step) {
  whole.records_synced += step.records_synced;
  whole.inserted += step.inserted;
  whole.updated += step.updated;
  whole.unchanged += step.unchanged;
  whole.deleted += step.deleted;
  whole.requests += step.requests;
  whole.bytes_received += step.bytes_received;
}

void set_counts(RunRecord& record, const ChangeCounts& counts) {
  record.inserted = counts.inserted;
  record.updated = counts.updated;
  record.unchanged = counts.unchanged;
  record.deleted = counts.deleted;
  record.records_synced = counts.inserted + counts.updated + counts.unchanged;
}

}  // namespace

// Counts what is done of a run: a unit a request, and one for each dataset's transaction.
struct SyncRunner::Meter {
  const Progress& progress;
  std::size_t total = 0;
  std::size_t done = 0;

  void show(std::string_view step) const {
    progress(step, static_cast<unsigned>(done * 100 / std::max<std::size_t>(total, 1)));
  }
  void advance(std::string_view step) {
    ++done;
    show(step);
  }
};

SyncRunner::SyncRunner(Store& store, RunLog& log, Fetcher& fetcher, LockFile& lock,
                       const Clock& clock)
    : store_(store), log_(log), fetcher_(&fetcher), lock_(lock), clock_(clock) {}

RunRecord SyncRunner::run(const SyncJob& job, const Cancellation& cancel,
                          const Progress& progress) noexcept {
  RunRecord run;
  const SteadyTime started = clock_.steady();
  try {
    run.run_id = job.run_id;
    run.sync_type = job.request.sync_type;
    run.season = job.request.season;
    run.triggered_by = job.request.triggered_by;
    run.dry_run = job.request.dry_run;
    run.requested_at = job.requested_at;
    run.started_at = job.started_at;
    run.thread_id = ::gettid();
    lock_.note_run(run.run_id, run.sync_type, job.started_at);
    if (!job.request.dry_run) log_.write(run);

    rehearsed_ = {};
    Meter meter{progress};
    run_datasets(job, cancel, meter, run);
    if (run.dry_run) run.changes = std::make_shared<const RowChanges>(store_.rows_of(rehearsed_));
  } catch (const Error& error) {
    run.status = RunStatus::kFailed;
    set_error(run, error.code(), error.what());
  } catch (const std::exception& error) {
    run.status = RunStatus::kFailed;
    set_error(run, Errc::kInternal, error.what());
  }
  json_.release();  // the schedule's buffers are large
  rehearsed_ = {};
  end(run, started);
  if (!job.request.dry_run) write_log(run);
  empty_write_ahead_log();
  lock_.note_run({}, {}, {});
  return run;
}

void SyncRunner::run_datasets(const SyncJob& job, const Cancellation& cancel, Meter& meter,
                              RunRecord& run) {
  const auto datasets = datasets_of(job.request.sync_type);
  for (const auto* dataset : datasets) meter.total += dataset->requests(run.season).size() + 1;

  const bool full = job.request.sync_type == protocol::kFullSync;
  for (const auto* dataset : datasets) {
    if (!full) {
      sync_dataset(*dataset, job, cancel, meter, run);
      return;
    }
    RunRecord step = run;
    step.steps.clear();
    step.dry_run = false;
    step.run_id = format("{}/{}", run.run_id, dataset->name);
    step.sync_type = dataset->name;
    step.started_at = clock_.wall();
    step.records_synced = step.inserted = step.updated = step.unchanged = step.deleted = 0;
    step.requests = step.bytes_received = 0;
    const SteadyTime started = clock_.steady();
    sync_dataset(*dataset, job, cancel, meter, step);
    end(step, started);
    add(run, step);
    run.status = step.status;
    if (step.status != RunStatus::kSuccess) {
      run.error_code = step.error_code;
      run.error_message = format("step {}: {}", dataset->name, step.error_message);
    }
    run.steps.push_back(std::move(step));
    if (run.status != RunStatus::kSuccess) return;
    if (!job.request.dry_run) {
      run.status = RunStatus::kStarted;
      log_.write(run);  // so that finished steps survive a crash during the next
    }
  }
  run.status = RunStatus::kSuccess;
}

void SyncRunner::sync_dataset(const Dataset& dataset, const SyncJob& job,
                              const Cancellation& cancel, Meter& meter, RunRecord& record) {
  const auto stop = cancel.token();
  const auto before = fetcher_->traffic();
  try {
    meter.show(dataset.name);
    const auto requests = dataset.requests(job.request.season);
    std::vector<std::string> bodies;
    bodies.reserve(requests.size());
    for (const auto& request : requests) {
      if (stop.stop_requested()) throw Error(Errc::kCancelled, "cancelled");
      log::debug("fetch run={} request={}", job.run_id, request.endpoint());
      bodies.push_back(fetcher_->get(request, stop).body);
      meter.advance(dataset.name);
    }

    const Answers answers{requests, bodies};
    const DecodeContext context = store_.context(dataset, job.request.season, rehearsed_);
    const auto unchanged =
        job.request.force ? std::nullopt : store_.if_unchanged(dataset, context, answers);
    if (unchanged) {
      set_counts(record, *unchanged);
    } else {
      const Decoded decoded = dataset.decode(json_, bodies, context);
      if (stop.stop_requested()) throw Error(Errc::kCancelled, "cancelled");
      try {
        const auto now = clock_.wall();
        set_counts(record, job.request.dry_run
                               ? store_.rehearse(decoded, now, rehearsed_, stop)
                               : store_.apply(dataset, context, decoded, answers, now, stop));
      } catch (const Error& error) {
        if (error.code() != Errc::kUpstreamEmpty) throw;
        throw Error(error.code(), format("{}: {}", endpoints_of(requests), error.what()));
      }
      record.error_message = decoded.note;
    }
    meter.advance(dataset.name);
    record.status = RunStatus::kSuccess;
  } catch (const Error& error) {
    if (error.code() == Errc::kCancelled && cancel.token().stop_requested()) {
      set_stopped(record, cancel.why(), std::string(dataset.name));
    } else {
      record.status = RunStatus::kFailed;
      set_error(record, error.code(), error.what());
    }
  } catch (const std::exception& error) {
    record.status = RunStatus::kFailed;
    set_error(record, Errc::kInternal, format("{}: {}", dataset.name, error.what()));
  }
  const auto after = fetcher_->traffic();
  record.requests = static_cast<std::int64_t>(after.requests - before.requests);
  record.bytes_received = static_cast<std::int64_t>(after.bytes_received - before.bytes_received);
}

void SyncRunner::end(RunRecord& record, SteadyTime started) const {
  const std::chrono::duration<double> took = clock_.steady() - started;
  record.duration_seconds = took.count();
  record.completed_at = clock_.wall();
}

void SyncRunner::empty_write_ahead_log() noexcept {
  try {
    const auto bytes = store_.checkpoint();
    if (bytes > kLargeWriteAheadLog) {
      log::warning("write-ahead log large bytes={}; a reader has held an old state for long",
                   bytes);
    }
  } catch (const std::exception& error) {
    log::warning("write-ahead log not emptied error={}", in_quotes(error.what()));
  }
}

void SyncRunner::write_log(RunRecord& run) noexcept {
  try {
    log_.write(run);
  } catch (const std::exception& error) {
    log::error("sync log not written run={} error={}", run.run_id, in_quotes(error.what()));
  }
}

}  // namespace nbasync
