#include "ctl/transport/socket/event_feed.hpp"

#include <chrono>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "ctl/transport/socket/socket_client.hpp"
#include "ctl/transport/socket/socket_error.hpp"

namespace nbasync::ctl {

EventFeed::EventFeed(std::string socket) : socket_(std::move(socket)), stream_(open()) { check(); }

HttpExchange EventFeed::open() const {
  HttpRequest request{.target = "/api/v1/events", .headers = {"Accept: text/event-stream"}};
  if (!parser_.last_id().empty()) {
    request.headers.push_back("Last-Event-ID: " + parser_.last_id());
  }
  return {socket_, request};
}

// Waits until the daemon has said yes: events from then on are ours.
void EventFeed::check() {
  const auto deadline = std::chrono::steady_clock::now() + kAnswerTime;
  stream_.wait_for_head(deadline);
  if (stream_.response().status() == 200) return;
  stream_.wait_until_complete(deadline);
  throw_problem(stream_.response());
}

// One that is taken up again is not waited for: behind a socket of systemd's the next daemon
// answers when it is there.
bool EventFeed::read() {
  bool ended = false;
  try {
    stream_.read();
    ended = stream_.response().complete();
  } catch (const Error&) {  // a connection that is cut ends in the middle
    ended = true;
  }
  auto& response = stream_.response();
  if (response.has_head() && response.status() != 200) {
    if (ended) throw_problem(response);
    return false;
  }
  if (response.has_head()) cuts_ = 0;
  parser_.feed(response.take_body());
  if (!ended) return false;
  if (++cuts_ == kMostCuts) throw lost(socket_, "it closes the connection again and again");
  stream_ = open();  // throws when the daemon has gone
  return true;
}

std::optional<Event> EventFeed::next_event() {
  while (auto message = parser_.next()) {
    auto data = nlohmann::json::parse(message->data, nullptr, false);
    if (data.is_object()) return event_of(std::move(message->name), std::move(data));
  }
  return std::nullopt;
}

}  // namespace nbasync::ctl
