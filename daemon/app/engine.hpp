#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/last_state.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/executor.hpp"
#include "config/config.hpp"
#include "db/database.hpp"
#include "db/read_pool.hpp"
#include "db/sync_lock.hpp"
#include "model/data_change.hpp"
#include "net/fetcher.hpp"
#include "net/upstream_hosts.hpp"
#include "store/store.hpp"
#include "sync/dataset_step.hpp"
#include "sync/log_writer.hpp"
#include "sync/shared_line.hpp"
#include "sync/sync_runner.hpp"
#include "sync/sync_service.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Where blocking work is done; each kind has threads of its own.
struct Threads {
  Executor& worker;   // the run: one thread
  Executor& log;      // the log's writer: one thread
  Executor& readers;  // as many as there are connections that read
  Executor& line;     // what several daemons share: one thread
};

// All that syncs, without a front door: what the daemon and --once have in common. Loop thread.
class Engine {
 public:
  // All must outlive the engine. The lock must be held.
  struct Parts {
    Threads threads;
    TimerWheel& wheel;
    const Clock& clock;
    Database& database;
    SyncLock& lock;
    ReadPool& readers;
    UpstreamHosts& hosts;
    SharedLine* line = nullptr;  // where several daemons share the database
  };

  // `left`: what the last one that had the lock left. The tables must be up to date. Throws Error.
  Engine(const Config& config, const Parts& parts, const LastState& left);

  // Brings the tables up to date, reads that, and closes what is open. Blocking. Throws Error.
  static LastState prepare(const Config& config, Database& database, const Clock& clock);

  SyncService& service() { return service_; }
  LogWriter& log() { return log_; }

  // Refuses new requests, ends what runs and waits, writes the log, then calls `stopped`: within
  // seconds, whoever holds the database.
  void shut_down(std::function<void()> stopped);

  // Asks all work to end, and tells nobody. For the end of a broken process.
  void abandon();

  // `told` is called for damage that is found in the file that is in use, and with nullopt when
  // another one is there.
  void observe_damage(std::function<void(const std::optional<Error>&)> told) {
    damage_told_ = std::move(told);
  }

  // `told` is called with what a run of this process has added to the feed of changes, before the
  // service tells it.
  void observe_changes(std::function<void(const DataChange&)> told) {
    changes_told_ = std::move(told);
  }

  // Loop thread. Upstream's part is in force from the next run on.
  void reconfigure(const Config& config);

 private:
  void file_changed();
  void look_at_file();
  void check_whole_file();

  const Clock& clock_;
  FetcherOptions upstream_;
  Database& database_;
  Store store_;
  LogWriter log_;
  ReadPool& readers_;
  UpstreamHosts& hosts_;
  std::unique_ptr<Fetcher> fetcher_;
  DatasetPlanner planner_;
  SyncRunner runner_;
  SyncService service_;
  bool looking_ = false;
  std::optional<SteadyTime> looked_at_;
  bool history_known_ = true;
  std::function<void(const DataChange&)> changes_told_ = [](const DataChange&) {};
  std::function<void(const std::optional<Error>&)> damage_told_ = [](const std::optional<Error>&) {
  };
};

}  // namespace nbasync
