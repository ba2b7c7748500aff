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
  std::optional<SystemTime> last;
  std::optional<RunStatus> last_status;
  std::string last_run_id;
  std::string why;
  // Its last run failed or was interrupted: when it is tried again, and the number of that try.
  std::optional<SystemTime> retry_at = {};
  std::optional<unsigned> retry = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"name", kPlain, "of the configuration"}, self.name);
    visit(Field{"sync_type", kPlain, "what it syncs"}, self.sync_type);
    visit(Field{"rule", kPlain, "when it comes due, in words"}, self.rule);
    visit(Field{"next", kPlain, "its next start; null: it is paused, or nothing is to come"},
          self.next);
    visit(Field{"last", kPlain, "the start of its last run"}, self.last);
    visit(Field{"last_status", kPlain, "how that run stands"}, self.last_status);
    visit(Field{"last_run_id", kNullable, "its id"}, self.last_run_id);
    visit(Field{"why", kPlain, "why the next start is what it is"}, self.why);
    visit(Field{"retry_at", kOmitted,
                "its last run failed or was interrupted: when it is tried again"},
          self.retry_at);
    visit(Field{"retry", kOmitted, "the number of that try"}, self.retry);
  }

  bool operator==(const ScheduleState&) const = default;
};

// One schedule with all that led to its next time.
struct Explanation {
  ScheduleState state;
  std::vector<std::string> reasons;
  std::vector<Decision> decisions;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    ScheduleState::fields(self.state, visit);
    visit(Field{"reasons", kPlain, "what led to the next start, first cause first"}, self.reasons);
    visit(Field{"decisions", kPlain, "what was decided, newest first"}, self.decisions);
  }

  bool operator==(const Explanation&) const = default;
};

// The configuration in force.
struct ConfigurationState {
  SystemTime loaded_at;
  std::string error;  // of the last reload; empty: it succeeded
  std::vector<std::string> restart_needed;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"loaded_at", kPlain, "since when it is in force"}, self.loaded_at);
    visit(Field{"error", kNullable, "why the last reload failed; null: it succeeded"}, self.error);
    visit(Field{"restart_needed", kNullable, "keys whose new values wait for a restart"},
          self.restart_needed);
  }

  bool operator==(const ConfigurationState&) const = default;
};

}  // namespace nbasync::protocol
