#include "ctl/transport/socket/socket_follower.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <iterator>

#include "base/error.hpp"
#include "ctl/transport/socket/http_json.hpp"
#include "ctl/transport/socket/socket_error.hpp"
#include "model/run_record.hpp"

namespace nbasync::ctl {
namespace {

using std::chrono::steady_clock;

}  // namespace

SocketFollower::SocketFollower(const std::string& path, EventFeed* feed, const Follow& how)
    : path_(path), feed_(feed), how_(how), next_tick_(steady_clock::now() + how.tick) {
  if (!how.run_id.empty()) ask_for_end();
}

// The daemon answers when the run has ended, or says after a while that it has not.
void SocketFollower::ask_for_end() {
  end_.reset();
  try {
    end_.emplace(
        path_, HttpRequest{.target = "/api/v1/runs/" + percent_encoded(how_.run_id) + "?wait=30s"});
  } catch (const Error& error) {
    lose(error);
  }
}

// One connection is lost: throws if nothing is left that could tell the end.
void SocketFollower::lose(const Error& error) const {
  if (feed_ == nullptr && !end_ && !told_) throw Error(error);
}

std::optional<Answer<RunRecord>> SocketFollower::follow() {
  constexpr std::chrono::seconds kBehind{1};
  for (;;) {
    deliver();
    if (auto run = ended_run()) {
      // Its last events come on a connection of their own, and may be a moment behind.
      const auto until = steady_clock::now() + kBehind;
      while (feed_ != nullptr && began_ && !told_ && steady_clock::now() < until) {
        if (stopped(until)) break;
        deliver();
      }
      return run;
    }
    tick();
    if (stopped(how_.on_tick ? std::optional(next_tick_) : std::nullopt)) return std::nullopt;
  }
}

std::optional<Answer<RunRecord>> SocketFollower::ended_run() {
  if (!end_) return told_;
  if (!end_->response().complete()) return std::nullopt;
  auto run = answer_of<RunRecord>(json_of(end_->response()));
  if (has_ended(run->status)) {
    end_.reset();
    return run;
  }
  ask_for_end();
  return std::nullopt;
}

void SocketFollower::deliver() {
  while (auto event = feed_ != nullptr ? feed_->next_event() : std::nullopt) {
    if (!how_.run_id.empty() && event->told->run_id == how_.run_id) {
      began_ = true;
      if (event->told->run) told_ = run_of(*event);
    }
    how_.on_event(*event);
  }
}

void SocketFollower::tick() {
  const auto now = steady_clock::now();
  if (now < next_tick_) return;
  if (how_.on_tick) how_.on_tick();
  next_tick_ = now + how_.tick;
}

// Waits until the daemon has said something, and reads it, or until then; whether it is to stop.
bool SocketFollower::stopped(std::optional<SteadyTime> until) {
  pollfd fds[] = {{how_.stop_fd, POLLIN, 0},
                  {feed_ != nullptr ? feed_->fd() : -1, POLLIN, 0},
                  {end_ ? end_->fd() : -1, POLLIN, 0}};
  int timeout = -1;
  if (until) {
    const auto left = std::chrono::ceil<Duration>(*until - steady_clock::now()).count();
    timeout = static_cast<int>(std::max<std::int64_t>(left, 0));
  }
  if (poll(fds, std::size(fds), timeout) < 0 && errno != EINTR) {
    throw lost(path_, std::strerror(errno));
  }
  if ((fds[0].revents & POLLIN) != 0) return true;
  read();
  return false;
}

void SocketFollower::read() {
  try {
    if (feed_ != nullptr) feed_->read();  // first: it tells what led to the end
  } catch (const Error& error) {
    deliver();  // what had come before
    feed_ = nullptr;
    lose(error);
  }
  try {
    if (end_) end_->read();
  } catch (const Error& error) {
    end_.reset();
    lose(error);
  }
}

}  // namespace nbasync::ctl
