#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "ctl/transport/client.hpp"
#include "ctl/transport/socket/event_feed.hpp"
#include "ctl/transport/socket/http_exchange.hpp"

namespace nbasync::ctl {

// One follow() over the socket: the events of the feed, and beside it a request that is answered
// when the run has ended, so that no lost event can make it wait for ever. When one of the two is
// cut off, as by a daemon that ends, what the other one says is enough.
class SocketFollower {
 public:
  // `feed` may be null: then there are no events. All must outlive it.
  SocketFollower(const std::string& path, EventFeed* feed, const Follow& how);

  // Until the run has ended, or nullopt when told to stop. Throws Error.
  std::optional<Answer<RunRecord>> follow();

 private:
  void ask_for_end();
  std::optional<Answer<RunRecord>> ended_run();
  void read();
  void lose(const Error& error) const;
  void deliver();
  void tick();
  bool stopped(std::optional<SteadyTime> until);

  const std::string& path_;
  EventFeed* feed_;
  const Follow& how_;
  std::optional<HttpExchange> end_;
  SteadyTime next_tick_;
  bool began_ = false;                     // an event of the run has come
  std::optional<Answer<RunRecord>> told_;  // and the last one, with the run
};

}  // namespace nbasync::ctl
