#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "ctl/transport/client.hpp"
#include "ctl/transport/socket/event_feed.hpp"
#include "ctl/transport/socket/http_exchange.hpp"
#include "ctl/transport/status_events.hpp"

namespace nbasync::ctl {

// One follow() over the socket: the events of the feed, and beside it a request that is answered
// when the run has ended, so that no lost event can make it wait for ever. That request is made
// again when its connection is cut: behind a socket of systemd's the daemon that comes next answers
// it. Without a feed, the status is asked for again and again.
class SocketFollower {
 public:
  // `feed` may be null; `listening`: events are wanted all the same. All must outlive it.
  SocketFollower(const std::string& path, EventFeed* feed, bool listening, const Follow& how);

  // Until the run has ended, or nullopt when told to stop. Throws Error.
  std::optional<Answer<RunRecord>> follow();

 private:
  void ask_for_end();
  void ask_for_status();
  void ask_later(const Error& error);
  void status_lost(const Error& error);
  std::optional<Answer<RunRecord>> ended_run();
  Error unknown_run() const;
  void read();
  void read_feed();
  void read_end();
  void read_status();
  void deliver();
  void deliver(const Event& event);
  void do_what_is_due();
  std::optional<SteadyTime> next_due() const;
  bool stopped(std::optional<SteadyTime> until);

  const std::string& path_;
  EventFeed* feed_;
  const bool listening_;
  const Follow& how_;
  std::optional<HttpExchange> end_;
  std::optional<SteadyTime> ask_again_;  // for the end
  int cuts_ = 0;                         // of that request, in a row
  bool was_cut_ = false;                 // the daemon may be another one
  std::optional<HttpExchange> status_;
  StatusEvents status_events_;
  SteadyTime next_status_;
  SteadyTime next_tick_;
  bool began_ = false;                     // an event of the run has come
  std::optional<Answer<RunRecord>> told_;  // and the last one, with the run
};

}  // namespace nbasync::ctl
