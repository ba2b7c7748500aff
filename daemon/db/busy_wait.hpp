#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace nbasync {

// Waits for other programs that hold the database, in ever longer steps, until a timeout or a stop
// request, or when `given_up` becomes true. The thread of its connection.
class BusyWait {
 public:
  // `given_up` may be null, else it must outlive this.
  explicit BusyWait(std::chrono::milliseconds timeout, const std::atomic<bool>* given_up = nullptr)
      : timeout_(timeout), given_up_(given_up) {}

  // The waits from now on end at this stop request.
  void obey(std::stop_token stop) { stop_ = std::move(stop); }

  std::chrono::milliseconds timeout() const { return timeout_; }
  bool stopped() const { return stop_.stop_requested(); }
  bool given_up() const { return given_up_ != nullptr && *given_up_; }
  bool over() const { return stopped() || given_up(); }

  // SQLite's busy handler, with a BusyWait as its context: 0 gives up.
  static int handle(void* self, int count) noexcept;

 private:
  bool wait(int count);

  std::chrono::milliseconds timeout_;
  const std::atomic<bool>* given_up_;
  std::stop_token stop_;
  std::chrono::milliseconds waited_{0};
  std::mutex mutex_;
  std::condition_variable_any never_notified_;
};

}  // namespace nbasync
