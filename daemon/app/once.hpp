#pragma once

#include <optional>
#include <string>

#include "app/chosen_database.hpp"
#include "app/engine.hpp"
#include "app/engine_threads.hpp"
#include "base/clock.hpp"
#include "cluster/lease_watch.hpp"
#include "config/config.hpp"
#include "event/loop.hpp"
#include "event/signals.hpp"
#include "event/wheel_driver.hpp"
#include "model/run_record.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// One sync in the foreground, under the same cross-process lock as the daemon, without bus or
// socket.
class Once {
 public:
  explicit Once(const Config& config);
  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;

  // Waits for the lock as the configuration says for this type, but not for a daemon, which keeps
  // it for life; then syncs. Stop signals cancel. Throws Error if the sync could not begin.
  RunRecord run(const std::string& sync_type);

 private:
  void try_to_begin();
  void begin();
  void lost(const std::string& why);
  void stop();

  const Config& config_;
  RealClock clock_;
  TimerWheel wheel_;
  Loop loop_;
  WheelDriver driver_;
  EngineThreads threads_;
  ChosenDatabase database_;
  std::optional<ReadPool> readers_;  // once the lock is held, as the engine
  UpstreamHosts hosts_;
  std::optional<Engine> engine_;
  Signals signals_;
  std::optional<LeaseWatch> lease_watch_;  // where there is a lease
  std::string lost_why_;                   // the lock
  Timer retry_;
  Tick give_up_ = 0;
  std::string sync_type_;
  std::optional<RunRecord> result_;
  EngineThreads::End end_{threads_, [this] {
                            if (engine_) engine_->abandon();
                          }};
};

}  // namespace nbasync
