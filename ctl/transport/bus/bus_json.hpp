#pragma once

#include <map>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "ctl/transport/answer.hpp"
#include "dbus/sdbus.hpp"
#include "protocol/json.hpp"

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

// What a dictionary says, with the keys that the bus leaves out.
template <typename T>
Answer<T> answer_of(JsonDict dict) {
  protocol::add_absent<T>(dict.value);
  return answer_of<T>(std::move(dict.value));
}

}  // namespace nbasync::ctl

template <>
struct sdbus::signature_of<nbasync::ctl::JsonDict> : nbasync::dbus::DictionarySignature {};
