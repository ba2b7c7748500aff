#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>

namespace nbasync {

// Lets many work with a file at a time, or one alone with it. Any thread. Throws Error(kCancelled)
// at a stop request.
class FileGate {
 public:
  // Blocks while one is alone. Not twice on one thread.
  void enter(const std::stop_token& stop);
  void leave() noexcept;

  // Blocks until all have left, and keeps the others out for its life. On a thread that is not in.
  class Alone {
   public:
    Alone(FileGate& gate, const std::stop_token& stop);
    ~Alone();
    Alone(const Alone&) = delete;
    Alone& operator=(const Alone&) = delete;

   private:
    FileGate& gate_;
  };

  // Whether one waits to be alone: who is in should leave soon.
  const std::atomic<bool>& is_wanted() const { return wanted_; }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::size_t inside_ = 0;
  bool alone_ = false;
  std::atomic<bool> wanted_ = false;
};

}  // namespace nbasync
