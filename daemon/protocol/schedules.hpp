#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/decision.hpp"
#include "model/fields.hpp"
#include "model/run_status.hpp"

namespace nbasync::protocol {

// One schedule, as the lists show it.
struct ScheduleState {
  std::string name;
  std::string sync_type;
  std::string rule;                // "cron '0 9 * * *' in America/Denver"
  std::optional<SystemTime> next;  // none: paused, or nothing to come
  std::optional<SystemTime> last;  // start of its last run
  std::optional<RunStatus> last_status;
  std::string last_run_id;
  std::string why;  // why `next` is what it is
  // Its last run failed or was interrupted: when it is tried again, and the number of that try.
  std::optional<SystemTime> retry_at = {};
  std::optional<unsigned> retry = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"name"}, self.name);
    visit(Field{"sync_type"}, self.sync_type);
    visit(Field{"rule"}, self.rule);
    visit(Field{"next"}, self.next);
    visit(Field{"last"}, self.last);
    visit(Field{"last_status"}, self.last_status);
    visit(Field{"last_run_id", kNullable}, self.last_run_id);
    visit(Field{"why"}, self.why);
    visit(Field{"retry_at", kOmitted}, self.retry_at);
    visit(Field{"retry", kOmitted}, self.retry);
  }

  bool operator==(const ScheduleState&) const = default;
};

// One schedule with all that led to its next time.
struct Explanation {
  ScheduleState state;
  std::vector<std::string> reasons;  // the chain, first cause first
  std::vector<Decision> decisions;   // newest first

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    ScheduleState::fields(self.state, visit);
    visit(Field{"reasons"}, self.reasons);
    visit(Field{"decisions"}, self.decisions);
  }

  bool operator==(const Explanation&) const = default;
};

// The configuration in force.
struct ConfigurationState {
  SystemTime loaded_at;
  std::string error;                        // of the last reload; empty: it succeeded
  std::vector<std::string> restart_needed;  // keys whose new values wait for a restart

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"loaded_at"}, self.loaded_at);
    visit(Field{"error", kNullable}, self.error);
    visit(Field{"restart_needed", kNullable}, self.restart_needed);
  }

  bool operator==(const ConfigurationState&) const = default;
};

}  // namespace nbasync::protocol
