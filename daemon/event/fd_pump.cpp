#include "event/fd_pump.hpp"

#include <algorithm>
#include <utility>

namespace nbasync {

FdPump::FdPump(Loop& loop, int fd, std::function<Interest()> interest, std::function<void()> step)
    : loop_(loop),
      interest_(std::move(interest)),
      step_(std::move(step)),
      poll_(this),
      prepare_(this),
      timer_(this) {
  uv_poll_init(loop.uv(), poll_.get(), fd);
  uv_timer_init(loop.uv(), timer_.get());
  uv_prepare_init(loop.uv(), prepare_.get());
  uv_prepare_start(prepare_.get(), [](uv_prepare_t* prepare) {
    auto* self = static_cast<FdPump*>(prepare->data);
    self->loop_.guard([self] { self->before_sleep(); });
  });
}

void FdPump::kick() {
  uv_timer_start(
      timer_.get(), [](uv_timer_t* timer) { static_cast<FdPump*>(timer->data)->step(); }, 0, 0);
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
        static_cast<FdPump*>(poll->data)->step();
      });
    }
  }
  if (wanted.deadline) {
    using std::chrono::ceil;
    using std::chrono::milliseconds;
    const auto left = ceil<milliseconds>(*wanted.deadline - std::chrono::steady_clock::now());
    uv_update_time(loop_.uv());
    uv_timer_start(
        timer_.get(), [](uv_timer_t* timer) { static_cast<FdPump*>(timer->data)->step(); },
        static_cast<std::uint64_t>(std::max<std::int64_t>(left.count(), 0)), 0);
  } else if (!uv_is_active(timer_.raw()) || uv_timer_get_due_in(timer_.get()) > 0) {
    uv_timer_stop(timer_.get());  // a kick is due in 0 and stays
  }
}

void FdPump::step() {
  loop_.guard(step_);
}

}  // namespace nbasync
