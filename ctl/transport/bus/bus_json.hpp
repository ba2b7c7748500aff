#pragma once

#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "dbus/sdbus.hpp"

namespace nbasync::ctl {

// A dictionary a{sv}, as sdbus-c++ reads it and as it is written.
using Dict = std::map<std::string, sdbus::Variant>;

// A dictionary a{sv} that the bus library reads straight into JSON: a variant for each value, each
// a message of its own, would cost more than all the rest of a status.
struct JsonDict {
  nlohmann::json value;
};
// At the end of a list the message then reads as false, as the library expects. Throws Error for a
// value of a type that the interface does not use.
sdbus::Message& operator>>(sdbus::Message& message, JsonDict& dict);

// A run, a status and an explanation with the keys that the bus leaves out, as null.
nlohmann::json run_json(JsonDict run);
nlohmann::json status_json(JsonDict status);
nlohmann::json explanation_json(JsonDict explanation);

}  // namespace nbasync::ctl

template <>
struct sdbus::signature_of<nbasync::ctl::JsonDict> : nbasync::dbus::DictionarySignature {};
