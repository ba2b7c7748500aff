#pragma once

#include <microhttpd.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "http/application.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// What an exchange needs of those around it.
struct HttpContext {
  TimerWheel& wheel;
  const Clock& clock;
  HttpApplication application;
  std::function<void()> kick;  // lets microhttpd run on the loop's next turn
};

// One request and its reply: takes the request in as microhttpd delivers it, holds the connection
// while the reply is not there yet, and hands it over. Loop thread. Whoever has an Answer may keep
// it longer than the connection lives.
class HttpExchange : public std::enable_shared_from_this<HttpExchange> {
 public:
  HttpExchange(const HttpContext& context, MHD_Connection* connection, const char* target);

  // microhttpd's access handler: the head has come, or a part of the body, or its end.
  MHD_Result proceed(const char* method, const char* version, const char* data, std::size_t* size);

  // The whole request has come; the reply need not be there yet.
  bool is_dispatched() const { return dispatched_; }

  // Its reply goes on for as long as the client listens.
  bool is_stream() const { return streaming_; }
  bool is_replying() const { return replying_; }

  void give(HttpReply reply);

  // The connection is gone, or free for the next request. A reply that still comes is thrown away.
  void end();

 private:
  MHD_Result take_body(const char* data, std::size_t* size);
  void dispatch();
  void suspend();
  void resume();
  void watch_for_hang_up();
  void check_hang_up();
  HttpReply body_too_large() const;
  MHD_Result queue_reply();

  const HttpContext& context_;
  MHD_Connection* connection_;
  std::string target_;
  const char* target_end_;  // in microhttpd's buffer; not to be read
  HttpRequest request_;
  std::optional<HttpReply> reply_;
  Timer hang_up_check_;  // while the connection is held, microhttpd does not look at it
  bool begun_ = false;
  bool too_large_ = false;
  bool dispatched_ = false;
  bool suspended_ = false;
  bool replying_ = false;
  bool streaming_ = false;
};

}  // namespace nbasync
