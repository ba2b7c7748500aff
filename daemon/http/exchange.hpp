#pragma once

#include <microhttpd.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/executor.hpp"
#include "http/application.hpp"
#include "http/budget.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Bytes of bodies that come in at the same time. Told in nbasyncd(8), as the other limits.
inline constexpr Budget::Limits kBodiesInFlight{4 << 20, 1 << 20};

// Bytes of long replies that wait to be read at the same time; a still longer one counts as what
// one peer may have.
inline constexpr Budget::Limits kRepliesInFlight{48 << 20, 32 << 20};

// What an exchange needs of those around it.
struct HttpContext {
  TimerWheel& wheel;
  const Clock& clock;
  HttpApplication application;
  std::function<void()> kick;    // lets microhttpd run on the loop's next turn
  Executor* executor = nullptr;  // where large bodies are packed; none: on the loop thread
  std::unique_ptr<Budget> bodies = std::make_unique<Budget>(kBodiesInFlight);
  std::unique_ptr<Budget> replies = std::make_unique<Budget>(kRepliesInFlight);
};

// One request and its reply: takes the request in as microhttpd delivers it, holds the connection
// while the reply is not there yet, and hands it over. Loop thread. Whoever has an Answer may keep
// it longer than the connection lives.
class HttpExchange : public std::enable_shared_from_this<HttpExchange> {
 public:
  // One that is not `admitted` is only told that it is not.
  HttpExchange(const HttpContext& context, MHD_Connection* connection, const char* target,
               const Peer& peer, bool admitted);

  // microhttpd's access handler: the head has come, or a part of the body, or its end.
  MHD_Result proceed(const char* method, const char* version, const char* data, std::size_t* size);

  // The whole request has come; the reply need not be there yet.
  bool is_dispatched() const { return dispatched_; }

  // Its reply goes on for as long as the client listens.
  bool is_stream() const { return streaming_; }
  bool is_replying() const { return replying_; }

  void give(HttpReply reply);

  // The client has gone while it is held: it is let go of. Whether that is so.
  bool drop_if_hung_up();

  // The connection is gone, or free for the next request. A reply that still comes is thrown away.
  void end();

 private:
  // The handler's answer, unless its peer has left too many unread.
  void answer(HttpReply reply);
  // Gives it packed, where the client wants that.
  void give_packed(HttpReply reply);
  bool has_room_for(const HttpReply& reply);

  MHD_Result take_body(const char* data, std::size_t* size);
  void dispatch();
  void suspend();
  void resume();
  void watch_for_hang_up();
  void check_hang_up();
  HttpReply body_too_large() const;
  HttpReply crowded() const;
  MHD_Result queue_reply();
  void wait_for_progress();
  void drop_if_stalled();

  const HttpContext& context_;
  MHD_Connection* connection_;
  std::string target_;
  const char* target_end_;  // in microhttpd's buffer; not to be read
  HttpRequest request_;
  Budget::Share body_share_;
  Budget::Share reply_share_;
  std::optional<HttpReply> reply_;
  Timer hang_up_check_;  // while the connection is held, microhttpd does not look at it
  Timer stall_;          // of a stream with patience: since something of it was taken
  const bool admitted_;
  bool begun_ = false;
  bool too_large_ = false;
  bool crowded_ = false;  // there was no room for its body
  bool dispatched_ = false;
  bool suspended_ = false;
  bool replying_ = false;
  bool streaming_ = false;
};

}  // namespace nbasync
