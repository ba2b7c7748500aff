#include "sync/run_listeners.hpp"

#include <utility>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "timer/tick.hpp"

namespace nbasync {

void RunListeners::add_caller(Done done, std::optional<Duration> lock_wait, LockWaitOver over) {
  auto& caller = *callers_.emplace_back(std::make_unique<Caller>());
  caller.done = std::move(done);
  if (!lock_wait) return;
  caller.lock_wait = std::make_unique<Timer>([this, &caller, over = std::move(over)] {
    const auto tell = over;  // what it is in ends in here
    std::optional<Done> left;
    if (callers_.size() > 1) {
      left = std::move(caller.done);
      std::erase_if(callers_, [&](const auto& each) { return each.get() == &caller; });
    }
    tell(std::move(left));
  });
  wheel_.arm(*caller.lock_wait, tick_after(clock_, *lock_wait));
}

void RunListeners::add_waiter(const std::string& run_id, std::optional<Duration> timeout,
                              std::function<void(RunReply)> done) {
  if (is_full()) {
    executor_.post([done = std::move(done), run_id] {
      done(Error(Errc::kQueueFull, format("too many wait for run {} already", run_id)));
    });
    return;
  }
  auto& waiter = *waiters_.emplace_back(std::make_unique<Waiter>());
  waiter.done = std::move(done);
  if (!timeout) return;
  waiter.timeout = std::make_unique<Timer>([this, &waiter, run_id, timeout] {
    executor_.post([reply = std::move(waiter.done),
                    message = format("run {} did not end within {}; it goes on", run_id,
                                     format_duration(*timeout))] {
      reply(Error(Errc::kLockTimeout, message));
    });
    std::erase_if(waiters_, [&](const auto& each) { return each.get() == &waiter; });
  });
  wheel_.arm(*waiter.timeout, tick_after(clock_, *timeout));
}

void RunListeners::lock_taken() {
  for (auto& caller : callers_) caller->lock_wait.reset();
}

void RunListeners::tell(const std::shared_ptr<const RunRecord>& run) {
  for (auto& caller : std::exchange(callers_, {})) {
    if (caller->done) executor_.post([run, done = std::move(caller->done)] { done(*run); });
  }
  for (auto& waiter : std::exchange(waiters_, {})) {
    executor_.post([run, done = std::move(waiter->done)] { done(*run); });
  }
}

}  // namespace nbasync
