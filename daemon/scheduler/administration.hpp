#pragma once

#include <functional>
#include <optional>

#include "base/error.hpp"
#include "scheduler/scheduler.hpp"

namespace nbasync {

// What front doors offer beside syncs. Loop thread.
struct Administration {
  Scheduler& scheduler;

  // Reads the configuration again; `done` is told on the loop thread, never inside the call, that
  // it is in force, or why the old one stays.
  std::function<void(std::function<void(std::optional<Error>)> done)> reload;
};

}  // namespace nbasync
