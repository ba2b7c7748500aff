#include "event/clock_watch.hpp"

#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "event/timer_fd.hpp"

namespace nbasync {
namespace {

constexpr auto kTolerance = std::chrono::seconds(1);
constexpr time_t kFarAway = 1'000'000'000;  // seconds from now: it is never reached

}  // namespace

ClockWatch::ClockWatch(Loop& loop, const Clock& clock,
                       std::function<void(SystemTime::duration)> changed)
    : loop_(loop),
      clock_(clock),
      changed_(std::move(changed)),
      distance_(distance()),
      timer_fd_(timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK)),
      poll_(this),
      check_(this) {
  if (!timer_fd_) {
    throw Error(Errc::kInternal, std::string("timerfd_create: ") + std::strerror(errno));
  }
  arm();
  uv_poll_init(loop.uv(), poll_.get(), timer_fd_.get());
  uv_poll_start(poll_.get(), UV_READABLE, [](uv_poll_t* poll, int, int) {
    auto* self = static_cast<ClockWatch*>(poll->data);
    self->loop_.guard([self] { self->told(); });
  });
  uv_check_init(loop.uv(), check_.get());
  uv_check_start(check_.get(), [](uv_check_t* check) {
    auto* self = static_cast<ClockWatch*>(check->data);
    self->loop_.guard([self] { self->compare(); });
  });
}

void ClockWatch::arm() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  itimerspec when{};
  when.it_value.tv_sec = now.tv_sec + kFarAway;
  set_timer_fd(timer_fd_.get(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, when);
}

// A read that fails with ECANCELED is the news; compare() then says how far the clock went.
void ClockWatch::told() {
  std::uint64_t times = 0;
  if (::read(timer_fd_.get(), &times, sizeof times) < 0 && errno == EAGAIN) return;
  arm();
  compare();
}

SystemTime::duration ClockWatch::distance() const {
  return clock_.wall().time_since_epoch() - clock_.steady().time_since_epoch();
}

void ClockWatch::compare() {
  const auto now = distance();
  const auto by = now - distance_;
  // What is small may be the clock's slow correction: it adds up until it counts.
  if (by < kTolerance && by > -kTolerance) return;
  distance_ = now;
  changed_(by);
}

}  // namespace nbasync
