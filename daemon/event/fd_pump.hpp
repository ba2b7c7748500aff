#pragma once

#include <uv.h>

#include <chrono>
#include <functional>
#include <optional>

#include "event/handle.hpp"
#include "event/loop.hpp"

namespace nbasync {

// What a foreign library waits for on its descriptor.
struct Interest {
  bool read = true;
  bool write = false;
  std::optional<std::chrono::steady_clock::time_point> deadline;  // step even if nothing happens
};

// Runs a library that has its own event machinery (sd-bus, microhttpd) inside the loop: asks it before
// every sleep what it waits for, and lets it step when that has come. Loop thread. Destroy the pump before
// the library closes the descriptor.
class FdPump {
 public:
  // `interest` and `step` are called on the loop thread; neither may destroy the pump.
  FdPump(Loop& loop, int fd, std::function<Interest()> interest, std::function<void()> step);

  // Steps on the next turn of the loop, whatever the descriptor says.
  void kick();

 private:
  void before_sleep();
  void step();

  Loop& loop_;
  std::function<Interest()> interest_;
  std::function<void()> step_;
  int events_ = 0;
  Handle<uv_poll_t> poll_;
  Handle<uv_prepare_t> prepare_;
  Handle<uv_timer_t> timer_;  // the library's own deadlines, in whole milliseconds
};

}  // namespace nbasync
