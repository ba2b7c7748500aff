#pragma once

#include <functional>

namespace nbasync {

// Moves work off the loop thread and back; base/async.hpp is the way to use it. Implemented by
// event/loop.hpp and event/thread_pool.hpp for real, and by tests/support/manual_executor.hpp,
// which runs one step when told to.
class Executor {
 public:
  virtual ~Executor() = default;

  // Any thread. Runs `task` on the loop thread, never inside the call, in the order of posting.
  virtual void post(std::function<void()> task) = 0;

 private:
  friend class AsyncHop;

  // Loop thread. Runs `work`, which must not throw, on another thread, then `done` on the loop
  // thread, never inside the call; `done` alone where the system gives no thread.
  virtual void submit(std::function<void()> work, std::function<void()> done) = 0;
};

}  // namespace nbasync
