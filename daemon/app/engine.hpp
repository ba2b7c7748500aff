#pragma once

#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/executor.hpp"
#include "config/config.hpp"
#include "net/fetcher.hpp"
#include "store/lock_file.hpp"
#include "store/run_log.hpp"
#include "store/store.hpp"
#include "sync/sync_runner.hpp"
#include "sync/sync_service.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// All that syncs, without a front door: what the daemon and --once have in common.
class Engine {
 public:
  // Opens the database (and migrates it), closes the rows of the log that a crash left open.
  // Blocking. `lock` must be held. All must outlive the engine. Throws Error.
  Engine(const Config& config, Executor& executor, TimerWheel& wheel, const Clock& clock,
         LockFile& lock);

  SyncService& service() { return service_; }

  // Loop thread. Upstream's part is in force from the next run on.
  void reconfigure(const Config& config);

 private:
  const Clock& clock_;
  UpstreamConfig upstream_;
  Store store_;
  RunLog log_;
  std::unique_ptr<Fetcher> fetcher_;
  SyncRunner runner_;
  SyncService service_;
};

// Where the lock file of this database is.
std::string lock_path(const Config& config);

// The sentence for somebody who cannot have the lock, naming who has it.
std::string held_sentence(const LockFile& lock, const std::string& database);

}  // namespace nbasync
