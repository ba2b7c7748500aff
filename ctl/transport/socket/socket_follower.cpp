#include "ctl/transport/socket/socket_follower.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <iterator>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/transport/socket/http_json.hpp"
#include "ctl/transport/socket/socket_client.hpp"
#include "ctl/transport/socket/socket_error.hpp"
#include "model/run_record.hpp"

namespace nbasync::ctl {
namespace {

using std::chrono::steady_clock;

constexpr Duration kFirstPause{
    100};  // before a request that was cut is made again; then twice as long
constexpr Duration kStatusPause{1000};  // between two statuses, in place of events

// Somebody is there who will not tell events.
bool is_refusal(const Error& error) { return error.code() != Errc::kDaemonUnreachable; }

}  // namespace

SocketFollower::SocketFollower(const std::string& path, EventFeed* feed, bool listening,
                               const Follow& how)
    : path_(path),
      feed_(feed),
      listening_(listening),
      how_(how),
      next_status_(steady_clock::now()),
      next_tick_(steady_clock::now() + how.tick) {
  if (!how.run_id.empty()) ask_for_end();
}

// The daemon answers when the run has ended, or says after a while that it has not.
void SocketFollower::ask_for_end() {
  ask_again_.reset();
  end_.reset();
  try {
    end_.emplace(
        path_, HttpRequest{.target = "/api/v1/runs/" + percent_encoded(how_.run_id) + "?wait=30s"});
  } catch (const Error& error) {  // nobody is there
    cuts_ = kMostCuts;
    ask_later(error);
  }
}

// Throws if that has been in vain too often, and nothing else could tell the end.
void SocketFollower::ask_later(const Error& error) {
  end_.reset();
  if (++cuts_ >= kMostCuts && feed_ == nullptr && !told_) throw Error(error);
  const auto pause = kFirstPause * (1 << std::min(cuts_ - 1, kMostCuts));
  ask_again_ = steady_clock::now() + pause;
}

void SocketFollower::ask_for_status() {
  next_status_ = steady_clock::now() + kStatusPause;
  try {
    status_.emplace(path_, HttpRequest{.target = "/api/v1/status"});
  } catch (const Error& error) {
    status_lost(error);
  }
}

// With a run to wait for, the request for its end finds out how things are.
void SocketFollower::status_lost(const Error& error) {
  status_.reset();
  if (how_.run_id.empty()) throw Error(error);
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
    do_what_is_due();
    if (stopped(next_due())) return std::nullopt;
  }
}

std::optional<Answer<RunRecord>> SocketFollower::ended_run() {
  if (!end_) return told_;
  auto& response = end_->response();
  if (!response.complete()) return std::nullopt;
  if (response.status() == 503) {
    ask_later(lost(path_, "it takes no more requests"));
    return told_;
  }
  if (response.status() == 404 && was_cut_) throw unknown_run();
  auto run = answer_of<RunRecord>(json_of(response));
  if (has_ended(run->status)) {
    end_.reset();
    return run;
  }
  cuts_ = 0;
  ask_for_end();
  return std::nullopt;
}

// What the log does not know never began.
Error SocketFollower::unknown_run() const {
  return {Errc::kInterrupted,
          format("run {} was interrupted: the daemon ended before it began", how_.run_id)};
}

void SocketFollower::deliver() {
  while (auto event = feed_ != nullptr ? feed_->next_event() : std::nullopt) deliver(*event);
}

void SocketFollower::deliver(const Event& event) {
  if (!how_.run_id.empty() && event.told->run_id == how_.run_id) {
    began_ = true;
    if (event.told->run) told_ = run_of(event);
  }
  how_.on_event(event);
}

void SocketFollower::do_what_is_due() {
  const auto now = steady_clock::now();
  if (ask_again_ && now >= *ask_again_) ask_for_end();
  const bool polls = listening_ && feed_ == nullptr;
  if (polls && !status_ && now >= next_status_) ask_for_status();
  if (now < next_tick_) return;
  if (how_.on_tick) how_.on_tick();
  next_tick_ = now + how_.tick;
}

std::optional<SteadyTime> SocketFollower::next_due() const {
  auto due = SteadyTime::max();
  if (how_.on_tick) due = std::min(due, next_tick_);
  if (ask_again_) due = std::min(due, *ask_again_);
  if (listening_ && feed_ == nullptr && !status_) due = std::min(due, next_status_);
  return due == SteadyTime::max() ? std::nullopt : std::optional(due);
}

// Waits until the daemon has said something, and reads it, or until then; whether it is to stop.
bool SocketFollower::stopped(std::optional<SteadyTime> until) {
  pollfd fds[] = {{how_.stop_fd, POLLIN, 0},
                  {feed_ != nullptr ? feed_->fd() : -1, POLLIN, 0},
                  {end_ ? end_->fd() : -1, POLLIN, 0},
                  {status_ ? status_->fd() : -1, POLLIN, 0}};
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
  read_feed();  // first: it tells what led to the end
  read_end();
  read_status();
}

void SocketFollower::read_feed() {
  try {
    if (feed_ != nullptr && feed_->read()) was_cut_ = true;
  } catch (const Error& error) {
    deliver();  // what had come before
    feed_ = nullptr;
    if (how_.run_id.empty() && !is_refusal(error)) throw Error(error);
  }
}

void SocketFollower::read_end() {
  try {
    if (end_) end_->read();
  } catch (const Error& error) {
    was_cut_ = true;
    ask_later(error);
  }
}

void SocketFollower::read_status() {
  try {
    if (status_) status_->read();
    if (!status_ || !status_->response().complete()) return;
    const auto now = answer_of<Status>(json_of(status_->response()));
    status_.reset();
    for (const auto& event : status_events_.since_last(now)) deliver(event);
  } catch (const Error& error) {
    status_lost(error);
  }
}

}  // namespace nbasync::ctl
