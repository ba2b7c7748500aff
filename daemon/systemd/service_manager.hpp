#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "systemd/manager_socket.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Tells systemd how the daemon is, as sd_notify(3) does: ready, reloading, stopping, what it does
// now, and that its loop turns. Does nothing where no service manager listens. Loop thread; nothing
// throws.
class ServiceManager {
 public:
  // `doing` is asked on the loop thread for one line that tells what the daemon does now. All must
  // outlive this.
  ServiceManager(TimerWheel& wheel, const Clock& clock, std::function<std::string()> doing);

  // Before it is ready: what it waits for. The start may take that much longer from now on. A
  // watchdog that runs already, of a process that was ready once (app/unready), is fed.
  void waiting(const std::string& line, Duration longer);

  // The daemon serves. From now on the watchdog is fed, twice in each of its periods, by a timer of
  // the wheel: a loop that does not turn feeds nothing. Not after stopping(), and once.
  void ready();

  // Around each reading of the configuration, whatever comes of it.
  void reloading();
  void reloaded();

  void stopping();

  // What the daemon does may have changed: asks for the line after this turn of the loop, but not
  // more than once a second, and sends it when it is another.
  void changed();

 private:
  enum class Phase { kStarting, kReady, kStopping };

  void send(const std::string& assignments);
  void send_unsent();
  void beat();
  void refresh();

  TimerWheel& wheel_;
  const Clock& clock_;
  std::function<std::string()> doing_;
  ManagerSocket socket_;
  std::deque<std::string> unsent_;  // oldest first
  Phase phase_ = Phase::kStarting;
  SteadyTime::duration watchdog_{};  // its period; zero: none
  std::string told_;
  std::optional<SteadyTime> told_at_;
  Timer beat_;
  Timer refresh_;
  Timer again_;
};

}  // namespace nbasync
