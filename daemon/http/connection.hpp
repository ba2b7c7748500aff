#pragma once

#include <microhttpd.h>

#include <cstddef>
#include <list>
#include <memory>

#include "http/exchange.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// A client's connection: the request that it is at, and a deadline for what the client does. A
// whole request has to come in time, and a whole reply has to be taken in time; while the reply is
// being made, and for a stream, there is no deadline. Loop thread.
class HttpConnection {
 public:
  // A request is waited for from now on.
  HttpConnection(const HttpContext& context, int fd);

  // A request begins. What it returns lives until completed().
  HttpExchange* begin(MHD_Connection* connection, const char* target);

  // microhttpd's access handler, for that request.
  MHD_Result proceed(const char* method, const char* version, const char* data, std::size_t* size);

  // The request is over. `last`: no other is waited for.
  void completed(bool last);

  // The request's reply, unless it has one already.
  void give(HttpReply reply) { exchange_->give(std::move(reply)); }

  // Nothing is being done for it: it waits for a request, or is sending one.
  bool is_idle() const { return !exchange_ || !exchange_->is_dispatched(); }

  // Idle for longer than the other, and may be let go of.
  bool goes_before(const HttpConnection* other) const;

  // microhttpd sees the end of the connection and closes it.
  void let_go();

  // It is gone.
  void end();

 private:
  void allow(Duration time);

  const HttpContext& context_;
  int fd_;
  Timer deadline_;
  std::shared_ptr<HttpExchange> exchange_;
};

// The connections of a server. Loop thread.
class HttpConnections {
 public:
  static constexpr unsigned kMost = 256;
  static constexpr std::size_t kCrowded = 224;  // from here on the longest idle one makes room

  explicit HttpConnections(const HttpContext& context) : context_(context) {}

  HttpConnection& open(int fd);
  void close(HttpConnection& connection);
  bool empty() const { return connections_.empty(); }

  void let_go_of_idle();

  // Answers the requests that wait for a reply: the server is stopping.
  void refuse_held();

 private:
  void make_room();

  const HttpContext& context_;
  std::list<HttpConnection> connections_;
};

}  // namespace nbasync
