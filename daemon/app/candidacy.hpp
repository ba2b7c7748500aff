#pragma once

#include <functional>
#include <string>

#include "app/last_state.hpp"
#include "base/clock.hpp"
#include "cluster/cluster_front.hpp"
#include "cluster/lease.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// How one of several daemons on a database comes to its lock: it tries again and again until it has
// it, and then sees to it that the tables are there and that what the last holder ran waits again.
// Loop thread.
class Candidacy {
 public:
  // All must outlive it. `got` is called in a turn of its own, with the lock held.
  Candidacy(TimerWheel& wheel, const Clock& clock, ClusterFront& front, const Database& database,
            Lease& lease, std::function<void(LastState)> got);

  // One try, unless `self` stands by, blocking: whether the lock is held now. Without it, the
  // tables must be there. Then the name of `self` is this process's. For the start. Throws Error:
  // also kSyncInProgress if another process has the name.
  static bool try_at_start(const Database& database, Lease& lease, const Clock& clock,
                           const protocol::InstanceState& self);

  // Tries until it has it.
  void begin();
  void try_now();  // once it has begun: the lock may be free
  void stop();

 private:
  TimerWheel& wheel_;
  const Clock& clock_;
  ClusterFront& front_;
  const Database& database_;
  Lease& lease_;
  std::function<void(LastState)> got_;
  Timer again_;
  SteadyTime not_before_;  // whoever says that it is free
  bool trying_ = false;
  bool once_more_ = false;  // it was said to be free after it was asked for
  bool wanted_ = false;
  std::string told_;  // why it cannot be the holder
};

}  // namespace nbasync
