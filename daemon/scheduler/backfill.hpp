#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/read_pool.hpp"
#include "protocol/backfill.hpp"
#include "scheduler/backfill_machine.hpp"
#include "scheduler/decision_log.hpp"
#include "sync/sync_service.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Fetches past seasons, one run after another, as its machine says; it goes on after a restart.
// Loop thread.
class Backfill {
 public:
  // How far it is: seasons that are done, of how many, and the one that is fetched now, if any.
  using Observer =
      std::function<void(std::uint32_t done, std::uint32_t of, const std::string& season)>;

  // All must outlive it. `decisions` has what the last process left. `paused`: whether schedules
  // are; then nothing is asked for here, too.
  Backfill(ReadPool& readers, TimerWheel& wheel, const Clock& clock, SyncService& service,
           DecisionLog& decisions, std::function<bool()> paused);

  // Begins one, both seasons included, in either order; how many seasons it is of. `by`: who asks.
  // Throws Error: kInvalidArgument for what is no season or too far away, kSyncInProgress while one
  // goes on.
  std::uint32_t begin(const std::string& from, const std::string& to, const std::string& by);

  // False if none goes on. The run under way is cancelled; what is stored stays.
  bool stop(const std::string& by);

  // Whether upstream is to be spared: 20 requests a minute at the most, over a run and the time
  // until the next. In force from the next run on.
  void spare_upstream(bool spare);

  // paused() has changed, or the process has begun.
  void advance();

  // Asks for nothing any more.
  void shut_down();

  // nullopt: there was none yet.
  std::optional<protocol::BackfillState> state() const;

  // For as long as it lives: called when that has changed.
  void observe(Observer observer);

 private:
  void examine(const std::string& season);
  void ask(const BackfillMachine::Ask& wanted);
  void changed();
  void arm();
  Moment moment() const { return {clock_.wall(), paused_(), stopped_}; }
  void decide(DecisionKind kind, const std::string& reason, const std::string& run_id = {});

  ReadPool& readers_;
  TimerWheel& wheel_;
  const Clock& clock_;
  SyncService& service_;
  DecisionLog& decisions_;
  std::function<bool()> paused_;
  BackfillMachine machine_;
  bool stopped_ = false;
  Timer timer_;
  std::string told_;  // the last progress, so that each is told once
  std::vector<Observer> observers_;
};

}  // namespace nbasync
