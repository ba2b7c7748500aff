#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "bus/message_sink.hpp"
#include "dbus/sdbus.hpp"
#include "protocol/json_sinks.hpp"
#include "protocol/tell.hpp"

namespace nbasync {

// What a caller sends as a{sv}.
using VariantMap = std::map<std::string, sdbus::Variant>;

// What is sent as a{sv}. It is written into the message when that is sent, and until then what it
// refers to must live. The generated adaptor sends these, see CMakeLists.txt above: as a
// VariantMap each value would be a message of its own, and a status has hundreds.
struct Dictionary {
  std::function<void(MessageSink& sink)> tell;  // one object
};

// Keeps the value.
template <typename T>
Dictionary dictionary_of(T value) {
  return {
      [value = std::move(value)](MessageSink& sink) { protocol::tell(sink, Field{""}, value); }};
}

inline Dictionary dictionary_of(nlohmann::json object) {
  return {[object = std::move(object)](MessageSink& sink) { protocol::tell(sink, object); }};
}

inline sdbus::Message& operator<<(sdbus::Message& message, const Dictionary& dictionary) {
  MessageSink sink(message);
  dictionary.tell(sink);
  return message;
}

}  // namespace nbasync

template <>
struct sdbus::signature_of<nbasync::Dictionary> : nbasync::dbus::DictionarySignature {};
