#pragma once

#include <string>

#include "base/clock.hpp"
#include "db/sync_lock.hpp"
#include "event/loop.hpp"
#include "event/signals.hpp"
#include "systemd/service_manager.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// How the daemon comes to the lock at its start: it waits for a --once that has it, as long as that
// takes, and tells the service manager for whom. Loop thread.
class StartLock {
 public:
  // All must outlive this.
  StartLock(Loop& loop, TimerWheel& wheel, const Clock& clock, ServiceManager& manager,
            SyncLock& lock);

  // Runs the loop until the lock is held. False if a stop signal came first. Throws Error:
  // kSyncInProgress if another daemon has the lock, which it keeps for life.
  bool take();

 private:
  void try_again();

  Loop& loop_;
  TimerWheel& wheel_;
  const Clock& clock_;
  ServiceManager& manager_;
  SyncLock& lock_;
  Signals signals_;
  Timer retry_;
  bool held_ = false;
  bool told_ = false;
};

}  // namespace nbasync
