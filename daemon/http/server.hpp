#pragma once

#include <microhttpd.h>

#include <functional>
#include <memory>

#include "event/fd_pump.hpp"
#include "event/loop.hpp"
#include "http/application.hpp"
#include "http/connection.hpp"
#include "http/listen_socket.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// HTTP/1.1 on one listening socket: libmicrohttpd without a thread of its own, inside the loop. It
// knows connections, deadlines and limits, but no routes. Loop thread.
class HttpServer {
 public:
  // Throws Error(kInternal).
  HttpServer(Loop& loop, TimerWheel& wheel, const Clock& clock, ListenSocket socket,
             HttpApplication application);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Takes no more connections; lets go of those that wait for nothing. Requests that are held are
  // refused. `stopped` is called once all replies have been sent, or after 1 s; only then
  // may this be destroyed. Of two calls the second one's is called.
  void stop(std::function<void()> stopped);

 private:
  struct Callbacks;

  Interest interest() const;
  void step();
  void finish_if_drained();

  Loop& loop_;
  TimerWheel& wheel_;
  const Clock& clock_;
  HttpContext context_;
  ListenSocket socket_;
  HttpConnections connections_;
  std::function<void()> stopped_;
  bool stopping_ = false;
  Timer give_up_;
  MHD_Daemon* daemon_ = nullptr;
  std::unique_ptr<FdPump> pump_;  // ends before microhttpd closes the descriptor
};

}  // namespace nbasync
