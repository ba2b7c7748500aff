#pragma once

#include <functional>
#include <string_view>

#include "base/clock.hpp"
#include "dataset/dataset.hpp"
#include "dataset/json_decoder.hpp"
#include "model/run_record.hpp"
#include "net/fetcher.hpp"
#include "store/lock_file.hpp"
#include "store/run_log.hpp"
#include "store/store.hpp"
#include "sync/cancellation.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// How far a run is: the dataset it works on, and how much of the whole is done.
using Progress = std::function<void(std::string_view step, unsigned percent)>;

// Carries out one run: for each dataset fetch, decode, then one transaction; and the rows of the
// log. Straight-line blocking code on a worker thread, one run at a time.
class SyncRunner {
 public:
  // All must outlive the runner.
  SyncRunner(Store& store, RunLog& log, Fetcher& fetcher, LockFile& lock, const Clock& clock);

  // Between runs: what the next ones ask. It must outlive them.
  void set_fetcher(Fetcher& fetcher) { fetcher_ = &fetcher; }

  // Never throws: what went wrong is in the record. `progress` is called on this thread.
  RunRecord run(const SyncJob& job, const Cancellation& cancel, const Progress& progress) noexcept;

 private:
  struct Meter;

  void run_datasets(const SyncJob& job, const Cancellation& cancel, Meter& meter, RunRecord& run);
  void sync_dataset(const Dataset& dataset, const SyncJob& job, const Cancellation& cancel,
                    Meter& meter, RunRecord& record);
  void end(RunRecord& record, SteadyTime started) const;
  void write_log(RunRecord& run) noexcept;
  void empty_write_ahead_log() noexcept;

  Store& store_;
  RunLog& log_;
  Fetcher* fetcher_;
  LockFile& lock_;
  const Clock& clock_;
  JsonDecoder json_;
  Changeset rehearsed_;  // by the dry run under way
};

}  // namespace nbasync
