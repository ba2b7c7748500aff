#include "demo/calendar.hpp"

#include <fmt/format.h>

namespace nbasync::demo {
namespace {

using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::year_month_day;

std::string clock_text(Local time) {
  const hh_mm_ss clock{time - floor<std::chrono::days>(time)};
  return fmt::format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

}  // namespace

bool is_daylight_saving(Day date) {
  using namespace std::chrono;
  const auto year = year_month_day{date}.year();
  return date >= Day{year / March / Sunday[2]} && date < Day{year / November / Sunday[1]};
}

hours ahead_of_eastern(Zone zone, Day date) {
  switch (zone) {
    case Zone::kEastern:
      return hours{0};
    case Zone::kCentral:
      return hours{-1};
    case Zone::kMountain:
      return hours{-2};
    case Zone::kArizona:
      return is_daylight_saving(date) ? hours{-3} : hours{-2};
    case Zone::kPacific:
      break;
  }
  return hours{-3};
}

Local to_utc(Local eastern, Day date) {
  return eastern + (is_daylight_saving(date) ? hours{4} : hours{5});
}

std::string iso_date(Day date) {
  const year_month_day parts{date};
  return fmt::format("{}-{:02}-{:02}", static_cast<int>(parts.year()),
                     static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

std::string iso_time(Local time) {
  return iso_date(floor<std::chrono::days>(time)) + 'T' + clock_text(time) + 'Z';
}

std::string time_of_day(Local time) { return "1900-01-01T" + clock_text(time) + 'Z'; }

}  // namespace nbasync::demo
