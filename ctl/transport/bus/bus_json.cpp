#include "ctl/transport/bus/bus_json.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;
using sdbus::Message;

template <typename T>
json basic(Message& message) {
  T value{};
  message >> value;
  return value;
}

json read_value(Message& message);

// False at the end of a list of dictionaries.
bool read_dict(Message& message, json& object) {
  if (!message.enterContainer("{sv}")) return false;
  object = json::object();
  while (message.enterDictEntry("sv")) {
    std::string key;
    message >> key;
    object[key] = read_value(message);
    message.exitDictEntry();
  }
  message.clearFlags();  // that say: no entry left
  message.exitContainer();
  return true;
}

json read_dicts(Message& message) {
  auto array = json::array();
  message.enterContainer("a{sv}");
  for (json dict; read_dict(message, dict);) array.push_back(std::move(dict));
  message.clearFlags();
  message.exitContainer();
  return array;
}

json read_plain(Message& message, const std::string& type) {
  if (type == "s") return basic<std::string>(message);
  if (type == "x") return basic<std::int64_t>(message);
  if (type == "d") return basic<double>(message);
  if (type == "b") return basic<bool>(message);
  if (type == "u") return basic<std::uint32_t>(message);
  if (type == "t") return basic<std::uint64_t>(message);
  if (type == "i") return basic<std::int32_t>(message);
  if (type == "as") return basic<std::vector<std::string>>(message);
  if (type == "aa{sv}") return read_dicts(message);
  if (json dict; type == "a{sv}" && read_dict(message, dict)) return dict;
  throw Error(Errc::kInternal, "the daemon's answer has a value of an unexpected type: " + type);
}

json read_value(Message& message) {
  const auto type = dbus::next_variant_type(message);
  message.enterVariant(type.c_str());
  auto value = read_plain(message, type);
  message.exitVariant();
  return value;
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

void restore_schedule(json& schedule) {
  restore(schedule, {"next", "last", "last_status", "last_run_id"});
}

}  // namespace

Message& operator>>(Message& message, JsonDict& dict) {
  read_dict(message, dict.value);
  return message;
}

json run_json(JsonDict run) {
  restore_run(run.value);
  return std::move(run.value);
}

json status_json(JsonDict dict) {
  auto& status = dict.value;
  for (const auto* list : {"recent_syncs", "queue", "schedules", "datasets", "upstream"}) {
    status.emplace(list, json::array());
  }
  for (auto& run : status["recent_syncs"]) restore_run(run);
  for (auto& dataset : status["datasets"]) {
    restore(dataset, {"last_success", "age_seconds", "stale_after_seconds"});
  }
  for (auto& schedule : status["schedules"]) restore_schedule(schedule);
  if (status.contains("configuration")) {
    restore(status["configuration"], {"error", "restart_needed"});
  }
  auto& current = status["current_sync"];
  if (current.empty()) current = nullptr;
  return std::move(status);
}

json explanation_json(JsonDict dict) {
  auto& explanation = dict.value;
  restore_schedule(explanation);
  explanation.emplace("reasons", json::array());
  explanation.emplace("decisions", json::array());
  for (auto& decision : explanation["decisions"]) {
    restore(decision, {"schedule", "sync_type", "run_id"});
  }
  return std::move(explanation);
}

}  // namespace nbasync::ctl
