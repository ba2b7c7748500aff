#include "ctl/bus_json.hpp"

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "base/error.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

// Sets `value` if the variant is of one of these types.
template <typename... Types>
bool copied(const sdbus::Variant& variant, const std::string& type, json& value) {
  const auto copy = [&]<typename T>(const T*) {
    if (sdbus::signature_of<T>::str() != type) return false;
    value = variant.get<T>();
    return true;
  };
  return (copy(static_cast<const Types*>(nullptr)) || ...);
}

json value_json(const sdbus::Variant& variant) {
  const auto type = variant.peekValueType();
  json value;
  if (copied<std::string, std::int64_t, double, bool, std::uint32_t, std::uint64_t, std::int32_t,
             std::vector<std::string>>(variant, type, value)) {
    return value;
  }
  if (type == sdbus::signature_of<Dict>::str()) return dict_json(variant.get<Dict>());
  if (type == sdbus::signature_of<std::vector<Dict>>::str()) {
    value = json::array();
    for (const auto& element : variant.get<std::vector<Dict>>())
      value.push_back(dict_json(element));
    return value;
  }
  throw Error(Errc::kInternal, "the daemon's answer has a value of an unexpected type: " + type);
}

void restore(json& object, std::initializer_list<const char*> keys) {
  for (const auto* key : keys) object.emplace(key, nullptr);  // keeps what is there
}

void restore_run(json& run) {
  restore(run, {"season", "triggered_by", "requested_at", "started_at", "completed_at",
                "error_code", "error_message"});
  if (run.contains("steps")) {
    for (auto& step : run["steps"]) restore_run(step);
  }
}

}  // namespace

json dict_json(const Dict& dict) {
  json object = json::object();
  for (const auto& [key, value] : dict) object[key] = value_json(value);
  return object;
}

json run_json(const Dict& run) {
  auto object = dict_json(run);
  restore_run(object);
  return object;
}

json status_json(const Dict& status) {
  auto object = dict_json(status);
  for (const auto* list : {"recent_syncs", "queue", "datasets", "upstream"}) {
    object.emplace(list, json::array());
  }
  for (auto& run : object["recent_syncs"]) restore_run(run);
  for (auto& dataset : object["datasets"]) {
    restore(dataset, {"last_success", "age_seconds", "stale_after_seconds"});
  }
  auto& current = object["current_sync"];
  if (current.empty()) current = nullptr;
  return object;
}

}  // namespace nbasync::ctl
