#pragma once

#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace nbasync {

// timerfd_settime, straight to the kernel: libfaketime, which operators and our tests use to see
// how a daemon takes a clock that is set, wraps the function and takes each timerfd for one of the
// wall clock, also those of the monotonic one (its issue 378).
inline int set_timer_fd(int fd, int flags, const itimerspec& when) noexcept {
  return static_cast<int>(syscall(SYS_timerfd_settime, fd, flags, &when, nullptr));
}

}  // namespace nbasync
