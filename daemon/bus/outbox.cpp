#include "bus/outbox.hpp"

#include <poll.h>

#include "log/log.hpp"

namespace nbasync {

void Outbox::keep(std::function<void()> message) {
  if (closed_) return;
  if (waiting_.size() < kMost) {
    waiting_.push_back(std::move(message));
  } else if (!std::exchange(full_, true)) {
    log::warning("bus takes nothing waiting={}; what is sent to it from now on is lost", kMost);
  }
}

void Outbox::flush() {
  while (!waiting_.empty() && is_open()) {
    const auto message = std::move(waiting_.front());
    waiting_.pop_front();
    message();
  }
  if (waiting_.empty()) full_ = false;
}

// Linux tells that a socket can be written to while three quarters of its buffer are free.
bool Outbox::is_open() {
  pollfd socket{descriptor_, POLLOUT, 0};
  shut_ = ::poll(&socket, 1, 0) == 0;
  return !shut_;
}

void Outbox::close() {
  closed_ = true;
  waiting_.clear();
}

}  // namespace nbasync
