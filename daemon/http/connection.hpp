#pragma once

#include <microhttpd.h>

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/budget.hpp"
#include "http/exchange.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// A client's connection: the request that it is at, and a deadline for what the client does. A
// whole request has to come in time, and a whole reply has to be taken in time; while the reply is
// being made, and for a stream, there is no deadline. Loop thread.
class HttpConnection {
 public:
  // A request is waited for from now on. Where `budget` has no room for it, its request is only
  // told so.
  HttpConnection(const HttpContext& context, int fd, Peer peer, Budget& budget);

  const std::string& account() const { return share_.peer(); }

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

  // Of a request that is held: the client has gone. Whether that is so.
  bool drop_if_hung_up();

  // microhttpd sees the end of the connection and closes it.
  void let_go();

  // It is gone.
  void end();

 private:
  void allow(Duration time);

  const HttpContext& context_;
  int fd_;
  Peer peer_;
  Budget::Share share_;
  const bool admitted_;
  Timer deadline_;
  std::shared_ptr<HttpExchange> exchange_;
};

// The connections of a server. Where there are many, those that do nothing make room for those that
// want something: the longest idle one of all, or, where one peer has too many, of that peer. Loop
// thread.
class HttpConnections {
 public:
  static constexpr Budget::Limits kLimits{256, 128};
  static constexpr std::size_t kCrowded = 224;  // from here on the longest idle one makes room
  static constexpr unsigned kMost =
      kLimits.all + 64;  // with those that are told that there are too many

  explicit HttpConnections(const HttpContext& context) : context_(context) {}

  HttpConnection& open(int fd, Peer peer);
  void close(HttpConnection& connection);
  bool empty() const { return connections_.empty(); }

  void let_go_of_idle();

  // Answers the requests that wait for a reply: the server is stopping.
  void refuse_held();

 private:
  void make_room(std::optional<std::string_view> account);

  const HttpContext& context_;
  Budget budget_{kLimits};
  std::list<HttpConnection> connections_;
};

}  // namespace nbasync
