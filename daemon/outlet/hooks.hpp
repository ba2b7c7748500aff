#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
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

  // In force from now on. One that stays as it was goes on, and tells again what it had given up;
  // one that has changed tells what the old one has not told.
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

  // A try that has begun and not come back.
  struct Out {
    std::string name;      // of its hook
    bool is_lost = false;  // the system gave no answer in time
  };

  Hook* find(const std::string& name) const;
  std::unique_ptr<Hook> make(const HookOptions& options);
  void line_up(const std::string& name);
  void work();
  void begin(Hook& hook);
  bool has_to_wait(const std::string& name);
  void ended(std::size_t number, const HookAnswer& answer);
  void came_back(std::size_t number);
  void break_off();

  Parts parts_;
  std::vector<std::unique_ptr<Hook>> hooks_;  // in the order of the configuration
  std::vector<DataChange> changes_;           // of one run, which has not ended
  std::deque<std::string> line_;              // of hooks that are due
  std::optional<UnderWay> under_way_;
  std::map<std::size_t, Out> out_;  // by number; of a hook no more than one
  std::size_t last_number_ = 0;
  Timer silence_;  // of a system that gives no answer
  bool stopped_ = false;
};

}  // namespace nbasync
