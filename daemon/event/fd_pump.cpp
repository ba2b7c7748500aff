#include "event/fd_pump.hpp"

#include <utility>

namespace nbasync {

FdPump::FdPump(Loop& loop, TimerWheel& wheel, int fd, std::function<Interest()> interest,
               std::function<void()> step)
    : loop_(loop),
      wheel_(wheel),
      interest_(std::move(interest)),
      step_(std::move(step)),
      poll_(this),
      prepare_(this),
      timer_([this] { this->step(); }) {
  uv_poll_init(loop.uv(), poll_.get(), fd);
  uv_prepare_init(loop.uv(), prepare_.get());
  // libuv runs the youngest prepare handle first: the wheel's driver, which is older, sees our
  // timer.
  uv_prepare_start(prepare_.get(), [](uv_prepare_t* prepare) {
    auto* self = static_cast<FdPump*>(prepare->data);
    self->loop_.guard([self] { self->before_sleep(); });
  });
}

void FdPump::kick() {
  kicked_ = true;
  wheel_.arm(timer_, 0);
}

void FdPump::before_sleep() {
  const Interest wanted = interest_();
  const int events = (wanted.read ? UV_READABLE : 0) | (wanted.write ? UV_WRITABLE : 0);
  if (events != events_) {
    events_ = events;
    if (events == 0) {
      uv_poll_stop(poll_.get());
    } else {
      uv_poll_start(poll_.get(), events, [](uv_poll_t* poll, int, int) {
        auto* self = static_cast<FdPump*>(poll->data);
        self->loop_.guard([self] { self->step(); });
      });
    }
  }
  if (kicked_) return;
  if (wanted.deadline) {
    wheel_.arm(timer_, *wanted.deadline);
  } else {
    timer_.cancel();
  }
}

void FdPump::step() {
  kicked_ = false;
  step_();
}

}  // namespace nbasync
