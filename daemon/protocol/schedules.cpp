#include "protocol/schedules.hpp"

#include "protocol/json_values.hpp"

namespace nbasync::protocol {

using nlohmann::json;

json to_json(const Decision& decision) {
  return {{"at", format_utc(decision.at, true)},
          {"schedule", text_or_null(decision.schedule)},
          {"sync_type", text_or_null(decision.sync_type)},
          {"decision", to_string(decision.kind)},
          {"reason", decision.reason},
          {"run_id", text_or_null(decision.run_id)}};
}

json to_json(const ScheduleState& schedule) {
  return {{"name", schedule.name},
          {"sync_type", schedule.sync_type},
          {"rule", schedule.rule},
          {"next", time_or_null(schedule.next)},
          {"last", time_or_null(schedule.last)},
          {"last_status", text_or_null(schedule.last_status)},
          {"last_run_id", text_or_null(schedule.last_run_id)},
          {"why", schedule.why}};
}

json to_json(const Explanation& explanation) {
  json object = to_json(explanation.state);
  object["reasons"] = explanation.reasons;
  object["decisions"] = json::array();
  for (const auto& decision : explanation.decisions) {
    object["decisions"].push_back(to_json(decision));
  }
  return object;
}

json to_json(const ConfigurationState& state) {
  return {{"loaded_at", format_utc(state.loaded_at)},
          {"error", text_or_null(state.error)},
          {"restart_needed", state.restart_needed.empty() ? json() : json(state.restart_needed)}};
}

}  // namespace nbasync::protocol
