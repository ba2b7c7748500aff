#pragma once

#include <uv.h>

#include <functional>
#include <optional>

#include "event/handle.hpp"
#include "event/loop.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// What a foreign library waits for on its descriptor.
struct Interest {
  bool read = true;
  bool write = false;
  std::optional<Tick> deadline;  // step even if nothing happens
};

// Runs a library that has its own event machinery (sd-bus, microhttpd) inside the loop: asks it
// before every sleep what it waits for, and lets it step when that has come. Loop thread. Destroy
// the pump before the library closes the descriptor.
class FdPump {
 public:
  // `interest` and `step` are called on the loop thread; neither may destroy the pump.
  FdPump(Loop& loop, TimerWheel& wheel, int fd, std::function<Interest()> interest,
         std::function<void()> step);

  // Steps on the next turn of the loop, whatever the descriptor says.
  void kick();

 private:
  void before_sleep();
  void step();

  Loop& loop_;
  TimerWheel& wheel_;
  std::function<Interest()> interest_;
  std::function<void()> step_;
  int events_ = 0;
  Handle<uv_poll_t> poll_;
  Handle<uv_prepare_t> prepare_;
  Timer timer_;  // the library's own deadline, or a kick
  bool kicked_ = false;
};

}  // namespace nbasync
