#pragma once

#include <functional>

namespace nbasync {

// Moves work off the loop thread and back. Implemented by event/loop.hpp for real, and by
// tests/support/manual_executor.hpp, which runs one step when told to.
class Executor {
 public:
  virtual ~Executor() = default;

  // Loop thread. Runs `work` on a pool thread, then `done` on the loop thread, never inside the
  // call. `work` must not throw.
  virtual void run(std::function<void()> work, std::function<void()> done) = 0;

  // Any thread. Runs `task` on the loop thread, never inside the call, in the order of posting.
  virtual void post(std::function<void()> task) = 0;
};

}  // namespace nbasync
