#pragma once

#include <functional>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "dbus/sdbus.hpp"

namespace nbasync {

// What a caller sends as a{sv}.
using VariantMap = std::map<std::string, sdbus::Variant>;

// A JSON object that is sent as a{sv}: strings s, true and false b, integers x, other numbers d,
// lists of strings as, lists of objects aa{sv} (an empty list, too), objects a{sv}. What is null is
// left out, as D-Bus has no null. It is written into the message as it is: as a VariantMap, each
// value would be a message of its own, and a status has hundreds. The generated adaptor sends
// these, see CMakeLists.txt above.
struct Dictionary {
  nlohmann::json object = nlohmann::json::object();
  // Instead of it: writes itself, when it is sent. Until then what it refers to must live.
  std::function<void(sdbus::Message& message)> write = nullptr;
};

sdbus::Message& operator<<(sdbus::Message& message, const Dictionary& dictionary);

}  // namespace nbasync

template <>
struct sdbus::signature_of<nbasync::Dictionary> : nbasync::dbus::DictionarySignature {};
