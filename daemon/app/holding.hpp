#pragma once

#include <functional>

#include "app/engine.hpp"
#include "config/config.hpp"
#include "scheduler/backfill.hpp"
#include "scheduler/decision_log.hpp"
#include "scheduler/first_sync.hpp"
#include "scheduler/scheduler.hpp"
#include "sync/dataset_extents.hpp"
#include "sync/season_start.hpp"

namespace nbasync {

// What only a daemon that has the lock has: the engine, and all that asks it by itself. Loop
// thread.
class Holding {
 public:
  // As the engine's. Asks nobody. Throws Error.
  Holding(const Config& config, const Engine::Parts& parts, LastState left);
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;

  // From here on it asks for syncs.
  void begin(const Config& config);

  void reconfigure(const Config& config);

  // Asks for nothing any more, ends what runs and waits, writes the log, then calls `stopped`.
  void shut_down(std::function<void()> stopped);

  // See Engine.
  void abandon() { engine_.abandon(); }

  Engine& engine() { return engine_; }
  SyncService& service() { return engine_.service(); }
  DecisionLog& decisions() { return decisions_; }
  Scheduler& scheduler() { return scheduler_; }
  FirstSync& first_sync() { return first_sync_; }
  Backfill& backfill() { return backfill_; }

 private:
  void put_in_force(const Config& config);

  Filled filled_;  // as the last one left it
  Engine engine_;
  DecisionLog decisions_;
  Scheduler scheduler_;
  FirstSync first_sync_;
  Backfill backfill_;
  SeasonStart season_start_;
  DatasetExtents extents_;
};

}  // namespace nbasync
