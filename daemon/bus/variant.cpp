#include "bus/variant.hpp"

#include <cstdint>

namespace nbasync {
namespace {

using nlohmann::json;

void write_variant(sdbus::Message& message, const json& value);

void write_object(sdbus::Message& message, const json& object) {
  message.openContainer("{sv}");
  for (const auto& [key, value] : object.items()) {
    if (value.is_null()) continue;
    message.openDictEntry("sv");
    message << key;
    write_variant(message, value);
    message.closeDictEntry();
  }
  message.closeContainer();
}

template <typename Write>
void write_list(sdbus::Message& message, const json& list, const char* type, Write write) {
  message.openContainer(type);
  for (const auto& item : list) write(item);
  message.closeContainer();
}

template <typename Write>
void write_as(sdbus::Message& message, const char* type, Write write) {
  message.openVariant(type);
  write();
  message.closeVariant();
}

void write_variant(sdbus::Message& message, const json& value) {
  const auto write_text = [&](const json& text) { message << text.get_ref<const std::string&>(); };
  const bool is_texts = value.is_array() && !value.empty() && value.front().is_string();
  if (value.is_boolean()) {
    write_as(message, "b", [&] { message << value.get<bool>(); });
  } else if (value.is_number_integer()) {
    write_as(message, "x", [&] { message << value.get<std::int64_t>(); });
  } else if (value.is_number()) {
    write_as(message, "d", [&] { message << value.get<double>(); });
  } else if (value.is_object()) {
    write_as(message, "a{sv}", [&] { write_object(message, value); });
  } else if (is_texts) {
    write_as(message, "as", [&] { write_list(message, value, "s", write_text); });
  } else if (value.is_array()) {
    write_as(message, "aa{sv}", [&] {
      write_list(message, value, "a{sv}", [&](const json& item) { write_object(message, item); });
    });
  } else {
    write_as(message, "s", [&] { write_text(value); });
  }
}

}  // namespace

sdbus::Message& operator<<(sdbus::Message& message, const Dictionary& dictionary) {
  if (dictionary.write) {
    dictionary.write(message);
  } else {
    write_object(message, dictionary.object);
  }
  return message;
}

}  // namespace nbasync
