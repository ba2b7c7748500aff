#include "event/wheel_driver.hpp"

#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "event/timer_fd.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Tick kNear = 1'000'000;  // a second

}  // namespace

WheelDriver::WheelDriver(Loop& loop, TimerWheel& wheel)
    : loop_(loop),
      wheel_(wheel),
      timer_fd_(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)),
      poll_(this),
      prepare_(this) {
  if (!timer_fd_) {
    throw Error(Errc::kInternal, std::string("timerfd_create: ") + std::strerror(errno));
  }
  uv_poll_init(loop.uv(), poll_.get(), timer_fd_.get());
  uv_poll_start(poll_.get(), UV_READABLE, [](uv_poll_t* poll, int, int) {
    auto* self = static_cast<WheelDriver*>(poll->data);
    self->loop_.guard([self] { self->expired(); });
  });
  uv_prepare_init(loop.uv(), prepare_.get());
  uv_prepare_start(prepare_.get(), [](uv_prepare_t* prepare) {
    static_cast<WheelDriver*>(prepare->data)->before_sleep();
  });
}

void WheelDriver::before_sleep() {
  const auto next = wheel_.next();
  if (next == armed_) return;
  // Each request of a connection puts its deadline off: the wheel is asked again when the time that
  // is set has come, which is soon before the next timer's.
  if (armed_ && next && *next > *armed_ && *next - *armed_ < kNear) return;
  armed_ = next;
  itimerspec when{};  // all zero disarms
  if (next) {
    when.it_value.tv_sec = static_cast<time_t>(*next / 1'000'000);
    when.it_value.tv_nsec =
        static_cast<long>(*next % 1'000'000) * 1000 + 1;  // tick 0 must not disarm
  }
  set_timer_fd(timer_fd_.get(), TFD_TIMER_ABSTIME, when);
}

void WheelDriver::expired() {
  std::uint64_t times = 0;
  if (::read(timer_fd_.get(), &times, sizeof times) != sizeof times) return;
  armed_.reset();
  wheel_.advance(to_tick(RealClock().steady()));
}

}  // namespace nbasync
