#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/executor.hpp"
#include "config/config.hpp"
#include "protocol/schedules.hpp"

namespace nbasync {

// Puts changed configuration files in force while the daemon runs. A file with a mistake changes
// nothing. Loop thread; files are read on a pool thread.
class Reloader {
 public:
  using Done = std::function<void(std::optional<Error>)>;

  // `load` reads the files, on another thread, where it may outlive this, and throws Error. `apply`
  // is given what is in force from now on, on the loop thread.
  Reloader(Executor& executor, const Clock& clock, Config in_force, std::function<Config()> load,
           std::function<void(const Config&)> apply);

  // `done` is told on the loop thread, never inside the call.
  void reload(Done done);

  const protocol::ConfigurationState& state() const { return state_; }

  // For as long as it lives: told the end of each reload, and before that its start.
  void observe(std::function<void(const protocol::ConfigurationState&)> observer);
  void observe_start(std::function<void()> observer);

 private:
  void start();
  void loaded(const Config& config);
  void finish(const std::optional<Error>& error);

  Executor& executor_;
  const Clock& clock_;
  Config in_force_;
  std::function<Config()> load_;
  std::function<void(const Config&)> apply_;
  protocol::ConfigurationState state_;
  std::vector<Done> told_;     // by the reload under way
  std::vector<Done> waiting_;  // for one of their own, after it
  bool loading_ = false;
  std::vector<std::function<void(const protocol::ConfigurationState&)>> observers_;
  std::vector<std::function<void()>> start_observers_;
};

}  // namespace nbasync
