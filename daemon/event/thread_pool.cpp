#include "event/thread_pool.hpp"

#include <pthread.h>

#include <utility>

#include "base/blocked_signals.hpp"

namespace nbasync {

ThreadPool::ThreadPool(Loop& loop, std::string name, std::size_t threads)
    : loop_(loop), name_(std::move(name)), most_(threads) {}

ThreadPool::~ThreadPool() { join(); }

void ThreadPool::join() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    jobs_.clear();
  }
  wake_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void ThreadPool::submit(std::function<void()> work, std::function<void()> done) {
  loop_.job_begun();
  const std::lock_guard lock(mutex_);
  jobs_.push_back({std::move(work), std::move(done)});
  if (idle_ < jobs_.size() && threads_.size() < most_) {
    const BlockedSignals blocked;
    threads_.emplace_back([this] { serve(); });
    pthread_setname_np(threads_.back().native_handle(), name_.c_str());
  }
  wake_.notify_one();
}

void ThreadPool::serve() {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    --idle_;
    if (stopping_) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job.work();
    job.work = nullptr;
    loop_.post([&loop = loop_, done = std::move(job.done)] { loop.job_ended(done); });
    job = {};
    lock.lock();
  }
}

}  // namespace nbasync
