#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/executor.hpp"
#include "model/data_change.hpp"
#include "model/run_record.hpp"
#include "outlet/hook.hpp"
#include "outlet/hook_attempt.hpp"
#include "outlet/hook_options.hpp"
#include "protocol/hook.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Tells others that a run has changed something, as the configuration says: one at a time, each
// beside the runs, on a thread that nobody waits for. What has not been told when it ends is not
// told any more. Loop thread.
class Hooks {
 public:
  struct Parts {  // all outlive it
    Executor& executor;
    TimerWheel& wheel;
    const Clock& clock;
    HookAttempt attempt;
    // What is wrong with a hook, by its name among the daemon's problems; nullopt: it is well.
    std::function<void(const std::string& part, const std::optional<Error>&)> told;
  };

  explicit Hooks(Parts parts);

  // In force from now on. One that stays as it was goes on; one that has changed tells what the old
  // one has not told.
  void load(const std::vector<HookOptions>& options);

  // What this daemon has done: first what a run has changed, in its order, then the run's end.
  void changed(const DataChange& change);
  void finished(const RunRecord& run);

  std::vector<protocol::HookState> states() const;

  // Tells nothing more, and breaks off what is under way.
  void stop();

 private:
  struct UnderWay {
    std::size_t number;
    std::string name;
    std::stop_source stop;
  };

  Hook* find(const std::string& name) const;
  std::unique_ptr<Hook> make(const HookOptions& options);
  void work();
  void begin(Hook& hook);
  void ended(std::size_t number, const HookAnswer& answer);
  void break_off();

  Parts parts_;
  std::vector<std::unique_ptr<Hook>> hooks_;  // in the order of the configuration
  std::vector<DataChange> changes_;           // of one run, which has not ended
  std::deque<std::string> line_;              // of hooks that are due
  std::optional<UnderWay> under_way_;
  std::size_t last_number_ = 0;
  Timer silence_;  // of a system that gives no answer
  bool stopped_ = false;
};

}  // namespace nbasync
