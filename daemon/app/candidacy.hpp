#pragma once

#include <functional>
#include <string>

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
  Candidacy(TimerWheel& wheel, const Clock& clock, ClusterFront& front, Lease& lease,
            std::function<void()> got);

  // One try, if it `wants` the lock, blocking: whether the lock is held now. Without it, the tables
  // must be there. For the start. Throws Error.
  static bool try_at_start(const Database& database, Lease& lease, const Clock& clock, bool wants);

  // Tries until it has it.
  void begin();
  void try_now();  // once it has begun: the lock may be free
  void stop();

 private:
  TimerWheel& wheel_;
  const Clock& clock_;
  ClusterFront& front_;
  Lease& lease_;
  std::function<void()> got_;
  Timer again_;
  SteadyTime not_before_;  // whoever says that it is free
  bool trying_ = false;
  bool once_more_ = false;  // it was said to be free after it was asked for
  bool wanted_ = false;
  std::string told_;  // why it cannot be the holder
};

}  // namespace nbasync
