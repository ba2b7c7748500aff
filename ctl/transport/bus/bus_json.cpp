#include "ctl/transport/bus/bus_json.hpp"

#include <cstdint>
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
  // sdbus-c++ 2 takes no string there.
  message.enterVariant(type.c_str());  // NOLINT(readability-redundant-string-cstr)
  auto value = read_plain(message, type);
  message.exitVariant();
  return value;
}

}  // namespace

Message& operator>>(Message& message, JsonDict& dict) {
  read_dict(message, dict.value);
  return message;
}

}  // namespace nbasync::ctl
