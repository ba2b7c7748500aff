#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "protocol/schedules.hpp"

namespace nbasync {

// What the control socket asks of the daemon beside syncing; whoever builds the daemon fills it in.
// All are called on the loop thread. What they throw is the answer. An empty one is answered with
// 503.
struct ControlHooks {
  // nullopt: it succeeded. Called on the loop thread.
  using ReloadReply = std::function<void(std::optional<Error>)>;

  std::function<void(const std::string& by)> pause;
  std::function<void(const std::string& by)> resume;
  std::function<void(ReloadReply)> reload;
  std::function<std::vector<protocol::ScheduleState>()> schedules;
  std::function<protocol::Explanation(const std::string& name)> explain;
};

}  // namespace nbasync
