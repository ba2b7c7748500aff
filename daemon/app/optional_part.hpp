#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/async.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "event/loop.hpp"
#include "log/log.hpp"
#include "timer/tick.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// A part that the daemon can do without: it is tried until it succeeds, at intervals that double
// from a second to a minute. Loop thread.
template <typename T>
class OptionalPart {
 public:
  // Told how each try ended (nullopt: well), and when one takes longer than a second.
  using Told = std::function<void(const std::optional<Error>&)>;

  // `name`: its key of the configuration. `make` blocks, perhaps for good: it runs on a thread that
  // may outlive this, and throws Error; `use` is given what it made, on the loop thread, and may
  // throw Error too. The references must outlive this.
  OptionalPart(Loop& loop, TimerWheel& wheel, const Clock& clock, std::string name,
               std::function<T()> make, std::function<void(T)> use, Told told)
      : loop_(loop),
        wheel_(wheel),
        clock_(clock),
        name_(std::move(name)),
        make_(std::move(make)),
        use_(std::move(use)),
        told_(std::move(told)),
        retry_([this] { try_now(); }),
        slow_([this] {
          failed(Error(Errc::kInternal, format("{}: the system gives no answer", name_)));
        }) {
    try_now();
  }

 private:
  static constexpr Duration kPatience{1'000};
  static constexpr Duration kLongest{60'000};

  void try_now() {
    wheel_.arm(slow_, tick_after(clock_, kPatience));
    async(loop_, make_, [this, alive = std::weak_ptr<void>(alive_)](Result<T> made) {
      if (!alive.expired()) ended(std::move(made));
    });
  }

  void ended(Result<T> made) {
    slow_.cancel();
    try {
      use_(value_of(std::move(made)));
    } catch (const Error& error) {
      failed(error);
      wheel_.arm(retry_, tick_after(clock_, interval_));
      interval_ = std::min(interval_ * 2, kLongest);
      return;
    }
    if (!logged_.empty()) log::info("part works again part={}", name_);
    told_(std::nullopt);
  }

  void failed(const Error& error) {
    if (std::exchange(logged_, error.what()) != error.what()) {
      log::warning("part not available part={} error={}; trying again", name_,
                   in_quotes(error.what()));
    }
    told_(error);
  }

  Loop& loop_;
  TimerWheel& wheel_;
  const Clock& clock_;
  std::string name_;
  std::function<T()> make_;
  std::function<void(T)> use_;
  Told told_;
  Duration interval_{1'000};
  std::string logged_;  // the log says it once
  Timer retry_;
  Timer slow_;
  std::shared_ptr<void> alive_ = std::make_shared<char>();  // dies with it
};

}  // namespace nbasync
