#pragma once

#include <uv.h>

#include <functional>

#include "base/clock.hpp"
#include "base/unique_fd.hpp"
#include "event/handle.hpp"
#include "event/loop.hpp"

namespace nbasync {

// Notices that the wall clock was set, or that the machine slept, without waking up for it: the
// kernel tells by a timerfd that is cancelled when the clock is set; and as some clocks change
// without that (in containers), each turn of the loop compares the wall clock's distance from the
// monotonic one. Loop thread.
class ClockWatch {
 public:
  // `changed` is called on the loop thread with how far the clock went. Changes of less than a
  // second are let pass. `clock` must outlive this.
  ClockWatch(Loop& loop, const Clock& clock, std::function<void(SystemTime::duration)> changed);

 private:
  void arm();
  void told();
  void compare();
  SystemTime::duration distance() const;

  Loop& loop_;
  const Clock& clock_;
  std::function<void(SystemTime::duration)> changed_;
  SystemTime::duration distance_;  // of the wall clock from the monotonic one
  UniqueFd timer_fd_;
  Handle<uv_poll_t> poll_;
  Handle<uv_check_t> check_;
};

}  // namespace nbasync
