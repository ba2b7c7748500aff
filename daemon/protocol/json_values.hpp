#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"

// JSON of what may be absent: then null.
namespace nbasync::protocol {

inline nlohmann::json time_or_null(const std::optional<SystemTime>& time,
                                   bool with_millis = false) {
  return time ? nlohmann::json(format_utc(*time, with_millis)) : nlohmann::json();
}

template <typename T>
nlohmann::json value_or_null(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json();
}

inline nlohmann::json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::json() : nlohmann::json(text);
}

}  // namespace nbasync::protocol
