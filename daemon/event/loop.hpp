#pragma once

#include <uv.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/executor.hpp"
#include "event/handle.hpp"

namespace nbasync {

// The libuv loop of the process: everything that is not blocking work happens on the thread that
// calls run(). Everything that uses the loop must be destroyed before it.
//
// As an executor it is for what is rare and may hang for good: reading files, asking the name
// service, connecting to a bus. Each job has a thread of its own. Nothing waits for one: at the
// loop's end those under way are left behind, answered to nobody, and end on their threads; so such
// work must own all that it uses.
class Loop final : public Executor {
 public:
  Loop();
  ~Loop() override;
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Serves until stop(). An exception of a callback ends it and comes out here.
  void run();

  // Loop thread. run() returns after the turn under way.
  void stop();

  // Loop thread. The same, once no job of a thread pool is under way.
  void stop_when_idle();

  void post(std::function<void()> task) override;

  // Loop thread. For those who have threads of their own (event/thread_pool.hpp): a job has begun,
  // and it has come back, to be answered by `done`.
  void job_begun() { ++jobs_; }
  void job_ended(const std::function<void()>& done);

  // Calls a function of ours from a C callback: what it throws must not pass through libuv, so it
  // is kept and run() throws it.
  template <typename Function>
  void guard(Function function) noexcept {
    try {
      function();
    } catch (...) {
      keep_exception();
    }
  }

  uv_loop_t* uv() { return &loop_; }

 private:
  // How a thread that may outlive the loop finds it.
  struct Link {
    std::mutex mutex;
    Loop* loop;  // guarded by mutex; null: it is gone
  };

  void submit(std::function<void()> work, std::function<void()> done) override;
  void run_posted();
  void keep_exception() noexcept;

  uv_loop_t loop_{};
  std::unique_ptr<Handle<uv_async_t>> wake_;
  std::shared_ptr<Link> link_;
  std::mutex mutex_;
  std::vector<std::function<void()>> posted_;  // guarded by mutex_
  std::size_t jobs_ = 0;
  bool stop_when_idle_ = false;
  std::exception_ptr exception_;
};

}  // namespace nbasync
