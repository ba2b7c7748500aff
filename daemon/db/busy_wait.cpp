#include "db/busy_wait.hpp"

#include <algorithm>

namespace nbasync {
namespace {

constexpr std::chrono::milliseconds kLongest{25};

}  // namespace

int BusyWait::handle(void* self, int count) noexcept {
  return static_cast<BusyWait*>(self)->wait(count) ? 1 : 0;
}

bool BusyWait::wait(int count) {
  if (count == 0) waited_ = {};
  if (over() || waited_ >= timeout_) return false;
  const auto step = std::min({std::chrono::milliseconds(1 + count), kLongest, timeout_ - waited_});
  std::unique_lock lock(mutex_);
  never_notified_.wait_for(lock, stop_, step, [] { return false; });
  waited_ += step;
  return true;
}

}  // namespace nbasync
