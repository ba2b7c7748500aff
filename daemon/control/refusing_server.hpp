#pragma once

#include <functional>

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
// reload, which may end that, and those that watch the process. Who may is asked all the same. Loop
// thread.
class RefusingServer {
 public:
  // `doors` offers reload; all must outlive this. Throws Error.
  RefusingServer(Loop& loop, TimerWheel& wheel, const Clock& clock, ListenSocket socket,
                 const Trust& trust, std::function<Error()> why, const Doors& doors);

  // Sends what is being sent. `stopped` is called when it may be destroyed.
  void stop(std::function<void()> stopped) { server_.stop(std::move(stopped)); }

 private:
  void answer(const Route& route, const Call& call) const;

  std::function<Error()> why_;
  const Doors& doors_;
  Dispatcher dispatcher_;
  HttpServer server_;
};

}  // namespace nbasync
