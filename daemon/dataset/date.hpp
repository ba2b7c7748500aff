#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace nbasync {

// A day of the calendar, of "2026-01-15"; nullopt for anything else.
std::optional<std::chrono::sys_days> parse_date(std::string_view text);

// "2026-01-08" of "2026-01-15" and 7. `date` must be one that parse_date takes.
std::string days_before(std::string_view date, int days);

// "2026-01-15" of a moment, by UTC.
std::string day_of(std::chrono::system_clock::time_point time);

// When a game tips off, as it is stored; nullopt: not known, for which a predecessor wrote 1900.
std::optional<SystemTime> tip_off(const std::string& stored);

// "2024-10-22" of "10/22/2024 00:00:00"; nullopt for anything else.
std::optional<std::string> date_of_us_form(std::string_view text);

}  // namespace nbasync
