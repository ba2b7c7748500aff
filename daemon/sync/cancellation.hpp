#pragma once

#include <atomic>
#include <stop_token>

#include "base/error.hpp"
#include "model/run_record.hpp"

namespace nbasync {

// Asks a run to end early, and says why: the status the run will then have. Any thread.
class Cancellation {
 public:
  // The first reason stays.
  void request(RunStatus why) {
    RunStatus none = RunStatus::kStarted;
    why_.compare_exchange_strong(none, why);
    source_.request_stop();
  }

  std::stop_token token() const { return source_.get_token(); }
  RunStatus why() const { return why_; }

 private:
  std::stop_source source_;
  std::atomic<RunStatus> why_ = RunStatus::kStarted;
};

// The error of a run that was asked to end early, by why().
inline Errc code_of(RunStatus why) {
  switch (why) {
    case RunStatus::kTimeout:
      return Errc::kRunTimeout;
    case RunStatus::kInterrupted:
      return Errc::kInterrupted;
    default:
      return Errc::kCancelled;
  }
}

}  // namespace nbasync
