#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <utility>

#include "base/clock.hpp"
#include "control/dispatcher.hpp"
#include "control/event_stream.hpp"
#include "control/handlers.hpp"
#include "control/metrics.hpp"
#include "control/status_text.hpp"
#include "db/read_pool.hpp"
#include "event/loop.hpp"
#include "http/server.hpp"
#include "query/answer_cache.hpp"
#include "sync/sync_front.hpp"

namespace nbasync {

// The HTTP front door, on the Unix socket and perhaps on TCP: listeners, the stream of events, and
// the dispatcher of the routes. It translates, it decides nothing. Loop thread.
class ControlServer {
 public:
  // All must outlive the server, which observes the service from now on.
  ControlServer(Loop& loop, TimerWheel& wheel, const Clock& clock, SyncFront& service,
                ReadPool& readers, const Doors& doors, Authorization::Rules rules);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

  // Serves this socket too. Throws Error.
  void listen(ListenSocket socket, Listener listener);

  // Serves the socket for reading no longer. `stopped` is called once its place is free, perhaps
  // within the call; not at all when the server is stopped first, or this is called again.
  void stop_reads(std::function<void()> stopped);

  // Who may change things over the Unix socket from now on.
  void set_trust(const Trust& trust) { dispatcher_.set_trust(trust); }

  Metrics& metrics() { return metrics_; }

  // To be called once the service has drained: by then every held sync has its answer. Ends the
  // streams, sends what is being sent. `stopped` is called when it may be destroyed.
  void stop(std::function<void()> stopped);

 private:
  Loop& loop_;
  TimerWheel& wheel_;
  const Clock& clock_;
  EventStream events_;
  Metrics metrics_;
  StatusText status_;
  AnswerCache answers_;
  Api api_;
  Dispatcher dispatcher_;
  struct Served {
    template <typename... Server>
    explicit Served(Listener where, Server&&... made)
        : listener(where), server(std::forward<Server>(made)...) {}

    Listener listener;
    HttpServer server;
  };

  std::list<Served> servers_;
  bool stopping_ = false;
  std::size_t to_stop_ = 0;
};

}  // namespace nbasync
