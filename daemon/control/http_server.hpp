#pragma once

#include <microhttpd.h>

#include <functional>
#include <list>
#include <memory>

#include "control/http_exchange.hpp"
#include "control/listen_socket.hpp"
#include "event/fd_pump.hpp"
#include "event/loop.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// HTTP/1.1 on one listening socket: libmicrohttpd without a thread of its own, inside the loop. It
// knows connections, deadlines and limits, but no routes. Loop thread.
class HttpServer {
 public:
  using Handler = std::function<void(const HttpRequest&, const Answer&)>;

  // `handler` must not throw, and may answer at once or later. Throws Error(kInternal).
  HttpServer(Loop& loop, TimerWheel& wheel, const Clock& clock, ListenSocket socket,
             Handler handler);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // Takes no more connections; lets go of those that wait for nothing. Requests that are held are
  // answered with 503. `stopped` is called once all replies have been sent, or after 2 s; only then
  // may this be destroyed.
  void stop(std::function<void()> stopped);

 private:
  struct Connection;
  struct Callbacks;

  Interest interest() const;
  void step();
  void opened(MHD_Connection* connection, void** context);
  void closed(Connection& connection);
  void make_room();
  void let_go(const Connection& connection) const;
  void refuse_held();
  void finish_if_drained();

  Loop& loop_;
  TimerWheel& wheel_;
  const Clock& clock_;
  HttpContext context_;
  ListenSocket socket_;
  std::list<Connection> connections_;  // oldest deadline first among those that have one
  std::function<void()> stopped_;
  bool stopping_ = false;
  Timer give_up_;
  MHD_Daemon* daemon_ = nullptr;
  std::unique_ptr<FdPump> pump_;  // ends before microhttpd closes the descriptor
};

}  // namespace nbasync
