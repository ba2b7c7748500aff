#pragma once

#include <functional>
#include <string>

#include "base/clock.hpp"
#include "scheduler/decision_log.hpp"
#include "scheduler/wanted_run.hpp"
#include "store/filled.hpp"
#include "sync/sync_service.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// The sync that the daemon's start asks for (sync.on_start): a database that nobody has filled yet
// is filled. Tried again by the usual rule, and at the next start what is still missing. Loop
// thread.
class FirstSync {
 public:
  // All must outlive it. `paused`: whether schedules are; then this asks for nothing, too.
  FirstSync(TimerWheel& wheel, const Clock& clock, SyncService& service, DecisionLog& decisions,
            std::function<bool()> paused);

  // When the daemon has started: `filled` is how the database was found.
  void begin(const Filled& filled);

  // paused() or the configuration has changed.
  void advance();

  // Asks for nothing any more.
  void stop();

  // What there is to say while the database is not filled; a sentence. Empty: it is, or nobody
  // wants it to be.
  std::string story() const;

 private:
  void ask();
  void settle();
  std::string cause() const;

  TimerWheel& wheel_;
  const Clock& clock_;
  SyncService& service_;
  DecisionLog& decisions_;
  std::function<bool()> paused_;
  bool wanted_ = false;  // and not ended with success
  bool fills_ = false;   // the database was not filled before
  bool stopped_ = false;
  WantedRun run_;
  Timer timer_;
};

}  // namespace nbasync
