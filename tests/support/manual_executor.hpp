#pragma once

#include <deque>
#include <functional>
#include <utility>

#include "base/executor.hpp"

namespace nbasync::testing {

// An executor without threads: work waits until the test runs it, and so does its return to the
// loop.
class ManualExecutor final : public Executor {
 public:
  void post(std::function<void()> task) override { posted_.push_back(std::move(task)); }

  std::size_t jobs() const { return jobs_.size(); }

  // Runs the oldest job's work, and queues its return to the loop.
  void work_one() {
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    job.work();
    posted_.push_back(std::move(job.done));
  }

  // Runs what was posted to the loop, including what that posts.
  void turn() {
    while (!posted_.empty()) {
      auto task = std::move(posted_.front());
      posted_.pop_front();
      task();
    }
  }

  // Works and turns until nothing is left.
  void drain() {
    for (turn(); !jobs_.empty(); turn()) work_one();
  }

 private:
  void submit(std::function<void()> work, std::function<void()> done) override {
    jobs_.push_back({std::move(work), std::move(done)});
  }

  struct Job {
    std::function<void()> work;
    std::function<void()> done;
  };
  std::deque<Job> jobs_;
  std::deque<std::function<void()>> posted_;
};

}  // namespace nbasync::testing
