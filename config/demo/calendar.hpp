#pragma once

#include <chrono>
#include <string>

#include "demo/teams.hpp"

namespace nbasync::demo {

using Day = std::chrono::sys_days;       // the league's day, Eastern time
using Local = std::chrono::sys_seconds;  // what a clock on some wall shows

using std::chrono::hours;
using std::chrono::minutes;

constexpr Day day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}

// US daylight saving, as seen at noon of the day.
bool is_daylight_saving(Day date);

// What a clock in the zone is ahead of Eastern time: 0 or negative.
hours ahead_of_eastern(Zone zone, Day date);

// UTC from an Eastern clock that shows `eastern` on `date` (or after midnight).
Local to_utc(Local eastern, Day date);

std::string iso_date(Day date);       // 2026-04-12
std::string iso_time(Local time);     // 2026-04-12T19:30:00Z
std::string time_of_day(Local time);  // 1900-01-01T19:30:00Z, as upstream dates bare times

}  // namespace nbasync::demo
