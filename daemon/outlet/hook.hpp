#pragma once

#include <functional>
#include <string>

#include "base/clock.hpp"
#include "outlet/hook_attempt.hpp"
#include "outlet/hook_options.hpp"
#include "protocol/hook.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// What one hook has not been told yet, and when it is to be told. Runs that come meanwhile are told
// with those that wait, and so is what was given up: nothing that has changed is left out. Loop
// thread.
class Hook {
 public:
  struct Parts {  // all outlive it
    TimerWheel& wheel;
    const Clock& clock;
    std::function<void(const std::string& name)> due;  // there is something to tell now
    // What is wrong with the hook; empty: it is well.
    std::function<void(const std::string& name, const std::string& why)> told;
  };

  Hook(HookOptions options, Parts parts);
  Hook(const Hook&) = delete;
  Hook& operator=(const Hook&) = delete;

  // A run to tell.
  void fire(const protocol::HookCall& call);

  // What was given up is to be told now.
  void wake();

  // What is to be told now; ended() comes after it.
  protocol::HookCall begin();
  void ended(const HookAnswer& answer);

  // The same as another has left it. What was under way there is told again.
  void take_over(const Hook& other);

  bool is_due() const { return due_; }
  const HookOptions& options() const { return options_; }
  protocol::HookState state() const;

 private:
  bool is_coming() const;
  void come_due();
  void taken();
  void try_again(Duration pause);
  void give_up(const std::string& why);

  HookOptions options_;
  Parts parts_;
  Timer retry_;
  protocol::HookCall waiting_;  // no run: nothing
  protocol::HookCall sending_;  // likewise; a try is under way
  bool due_ = false;
  int tries_ = 0;  // that failed, of what is told now
  int looks_ = 0;  // at a unit that is at work
  protocol::HookState state_;
};

}  // namespace nbasync
