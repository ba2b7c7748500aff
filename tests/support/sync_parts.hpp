#pragma once

#include <optional>
#include <string>

#include "db/read_pool.hpp"
#include "db/sync_lock.hpp"
#include "net/fetcher.hpp"
#include "schedule/zone.hpp"
#include "store/run_log.hpp"
#include "store/schedule_store.hpp"
#include "store/store.hpp"
#include "support/manual_executor.hpp"
#include "support/test_engine.hpp"
#include "sync/dataset_step.hpp"
#include "sync/log_writer.hpp"
#include "sync/sync_runner.hpp"
#include "sync/sync_service.hpp"
#include "sync/write_log.hpp"

namespace nbasync::testing {

// What a SyncService works with, on a real database; all threads are one manual executor.
struct SyncParts {
  SyncParts(const std::string& place, ManualExecutor& on, TimerWheel& wheel, const Clock& time,
            Fetcher& fetcher, SyncLock& lock)
      : executor(on),
        clock(time),
        database(TestDatabase(place)),
        store(database),
        log(on, wheel, time, write_log_to(database)),
        readers(on, database, 2),
        planner(store, fetcher, ServiceOptions()),
        runner(store, lock, time, [this](const SyncJob& job) { return planner.plan(job); }) {}

  Work work() {
    return [this](const SyncJob& job, const Cancellation& cancel, const RunObserver& observer) {
      return runner.run(job, cancel, observer);
    };
  }
  RunHistory history() {
    return {*database.connect_reader(), season_of(clock.wall()), clock.wall()};
  }

  std::optional<RunRecord> find(const std::string& run_id) {
    return run_log::find(*database.connect_reader(), run_id, {});
  }
  ScheduleRecords schedules() { return schedule_store::read(*database.connect_reader(), {}); }

  ManualExecutor& executor;
  const Clock& clock;
  TestDatabase database;
  Store store;
  LogWriter log;
  ReadPool readers;
  DatasetPlanner planner;
  SyncRunner runner;
};

}  // namespace nbasync::testing
