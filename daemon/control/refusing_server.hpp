#pragma once

#include <cstddef>
#include <functional>
#include <list>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "control/dispatcher.hpp"
#include "door/doors.hpp"
#include "event/loop.hpp"
#include "http/server.hpp"
#include "model/trust.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// The HTTP front door of a daemon that cannot serve: each route answers 503 with the reason, but
// the page, which shows it, reload, which may end that, and those that watch the process. Who may
// is asked all the same. Loop thread.
class RefusingServer {
 public:
  // `doors` offers reload; all must outlive this.
  RefusingServer(Loop& loop, TimerWheel& wheel, const Clock& clock, Authorization::Rules rules,
                 std::function<Error()> why, const Doors& doors);

  // Serves this socket too. Throws Error.
  void listen(ListenSocket socket, Listener listener);

  // Who may reload from now on.
  void set_trust(const Trust& trust) { dispatcher_.set_trust(trust); }

  // Sends what is being sent. `stopped` is called when it may be destroyed.
  void stop(std::function<void()> stopped);

 private:
  void answer(const Route& route, const Call& call) const;

  Loop& loop_;
  TimerWheel& wheel_;
  const Clock& clock_;
  std::function<Error()> why_;
  const Doors& doors_;
  Dispatcher dispatcher_;
  std::list<HttpServer> servers_;
  std::size_t to_stop_ = 0;
};

}  // namespace nbasync
