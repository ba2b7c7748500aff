#pragma once

#include <optional>
#include <string>

#include "ctl/transport/client.hpp"
#include "ctl/transport/socket/event_parser.hpp"
#include "ctl/transport/socket/http_exchange.hpp"

namespace nbasync::ctl {

// The daemon's events, from when it was made on. A stream that breaks off is taken up again where
// it was. Everything throws Error; kDaemonUnreachable when the daemon has gone.
class EventFeed {
 public:
  explicit EventFeed(std::string socket);

  int fd() const { return stream_.fd(); }  // readable: read() has something to do

  // Reads what has come, without waiting; next_event() then gives it. True if the stream had broken
  // off.
  bool read();
  std::optional<Event> next_event();

 private:
  HttpExchange open() const;
  void check();

  std::string socket_;
  EventParser parser_;
  HttpExchange stream_;
  int cuts_ = 0;  // in a row, before the daemon had said yes
};

}  // namespace nbasync::ctl
