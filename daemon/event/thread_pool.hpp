#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/executor.hpp"
#include "event/loop.hpp"

namespace nbasync {

// Threads of its own for one kind of blocking work, so that no kind waits for another. They begin
// with the first job. Loop thread; the loop must outlive it.
class ThreadPool final : public Executor {
 public:
  // `name`: of the threads, for people; 15 letters at most.
  ThreadPool(Loop& loop, std::string name, std::size_t threads);

  // Jobs that wait are dropped; one under way is waited for, and answered to nobody.
  ~ThreadPool() override;
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // The same, before its own end.
  void join();

  void post(std::function<void()> task) override { loop_.post(std::move(task)); }

 private:
  struct Job {
    std::function<void()> work;
    std::function<void()> done;
  };

  void submit(std::function<void()> work, std::function<void()> done) override;
  void serve();

  Loop& loop_;
  std::string name_;
  std::size_t most_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;  // guarded by mutex_, as are:
  std::size_t idle_ = 0;  // threads that wait for a job
  bool stopping_ = false;
};

}  // namespace nbasync
