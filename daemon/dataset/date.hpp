#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace nbasync {

// A day of the calendar, of "2026-01-15"; nullopt for anything else.
std::optional<std::chrono::sys_days> parse_date(std::string_view text);

// "2024-10-22" of "10/22/2024 00:00:00"; nullopt for anything else.
std::optional<std::string> date_of_us_form(std::string_view text);

}  // namespace nbasync
