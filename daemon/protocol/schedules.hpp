#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/clock.hpp"
#include "model/decision.hpp"

namespace nbasync::protocol {

// One schedule, as the lists show it.
struct ScheduleState {
  std::string name;
  std::string sync_type;
  std::string rule;                // "cron '0 9 * * *' in America/Denver"
  std::optional<SystemTime> next;  // none: paused, or nothing to come
  std::optional<SystemTime> last;  // start of its last run
  std::string last_status;
  std::string last_run_id;
  std::string why;  // why `next` is what it is
};

// One schedule with all that led to its next time.
struct Explanation {
  ScheduleState state;
  std::vector<std::string> reasons;  // the chain, first cause first
  std::vector<Decision> decisions;   // newest first
};

// The configuration in force.
struct ConfigurationState {
  SystemTime loaded_at;
  std::string error;                        // of the last reload; empty: it succeeded
  std::vector<std::string> restart_needed;  // keys whose new values wait for a restart
};

nlohmann::json to_json(const Decision& decision);
nlohmann::json to_json(const ScheduleState& schedule);
nlohmann::json to_json(const Explanation& explanation);
nlohmann::json to_json(const ConfigurationState& state);

}  // namespace nbasync::protocol
