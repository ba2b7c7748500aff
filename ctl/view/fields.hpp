#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"

// Reading a run's or status's JSON. What is absent, null or of another type reads as nothing.
namespace nbasync::ctl {

// On one line and fit for a terminal; empty for nothing.
std::string text_at(const nlohmann::json& object, const char* key);

std::int64_t count_at(const nlohmann::json& object, const char* key);
std::optional<double> number_at(const nlohmann::json& object, const char* key);
std::optional<SystemTime> time_at(const nlohmann::json& object, const char* key);
bool flag_at(const nlohmann::json& object, const char* key);

// The list, or an empty one.
const nlohmann::json& list_at(const nlohmann::json& object, const char* key);

// The words of the list: "database.path, dbus.bus".
std::string words_at(const nlohmann::json& object, const char* key);

}  // namespace nbasync::ctl
