#pragma once

#include <memory>
#include <optional>

#include "base/clock.hpp"
#include "bus/bus_service.hpp"
#include "config/config.hpp"
#include "engine.hpp"
#include "event/loop.hpp"
#include "event/signals.hpp"
#include "event/wheel_driver.hpp"
#include "store/lock_file.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// The daemon: the engine with its front doors, on one loop. Members stand in the order of their
// lives.
class Daemon {
 public:
  // Takes the lock and opens the database. Throws Error: kSyncInProgress if another process has the
  // lock.
  explicit Daemon(const Config& config);

  // Serves until SIGTERM or SIGINT; a sync under way is then cancelled and rolled back.
  void run();

 private:
  void shut_down();

  RealClock clock_;
  TimerWheel wheel_;
  Loop loop_;
  WheelDriver driver_;
  LockFile lock_;
  std::optional<Engine> engine_;  // once the lock is held
  Signals signals_;
  std::unique_ptr<BusService> bus_;
  bool stopping_ = false;
};

}  // namespace nbasync
