#include "ctl/view/time_text.hpp"

#include <stdlib.h>
#include <time.h>

#include <array>
#include <chrono>
#include <optional>

#include "base/format.hpp"

namespace nbasync::ctl {
namespace {

tm parts_of(SystemTime time, const Terminal& terminal) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
  const auto value = static_cast<time_t>(seconds);
  tm parts{};
  if (terminal.local_time) {
    tzset();
    localtime_r(&value, &parts);
  } else {
    gmtime_r(&value, &parts);
    parts.tm_zone = "UTC";
  }
  return parts;
}

std::string formatted(const tm& parts, const char* how) {
  std::array<char, 64> text{};
  return {text.data(), strftime(text.data(), text.size(), how, &parts)};
}

std::chrono::sys_days date_of(const tm& parts) {
  using namespace std::chrono;
  return sys_days(year_month_day{year{parts.tm_year + 1900},
                                 month{static_cast<unsigned>(parts.tm_mon) + 1},
                                 day{static_cast<unsigned>(parts.tm_mday)}});
}

}  // namespace

std::string time_text(SystemTime time, const Terminal& terminal) {
  return formatted(parts_of(time, terminal), "%F %T %Z");
}

std::string clock_text(SystemTime time, const Terminal& terminal) {
  return formatted(parts_of(time, terminal), "%T");
}

std::string day_text(SystemTime time, SystemTime now, const Terminal& terminal) {
  const auto parts = parts_of(time, terminal);
  auto clock = formatted(parts, "%H:%M");
  const auto days = (date_of(parts) - date_of(parts_of(now, terminal))).count();
  if (days == 0) return clock;
  if (days == 1) return "tomorrow " + clock;
  if (days == -1) return "yesterday " + clock;
  constexpr int kWeek = 7;
  return formatted(parts, -kWeek < days && days < kWeek ? "%a %H:%M" : "%F %H:%M");
}

std::string league_date(SystemTime now, int days) {
  const char* set = getenv("TZ");
  const auto before = set == nullptr ? std::nullopt : std::optional<std::string>(set);
  setenv("TZ", "America/New_York", 1);
  const std::chrono::year_month_day date(date_of(parts_of(now, {.local_time = true})) +
                                         std::chrono::days(days));
  if (before) {
    setenv("TZ", before->c_str(), 1);
  } else {
    unsetenv("TZ");
  }
  return format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string with_own_times(std::string_view text, const Terminal& terminal) {
  constexpr std::size_t kShortest = 20, kLongest = 30;  // with a fraction of a second
  std::string result;
  while (!text.empty()) {
    const auto end = text.substr(0, kLongest).find('Z');
    const bool may_be = text.front() >= '0' && text.front() <= '9' && end != text.npos &&
                        end + 1 >= kShortest && text[4] == '-';
    const auto time = may_be ? parse_utc(std::string(text.substr(0, end + 1))) : std::nullopt;
    result += time ? time_text(*time, terminal) : std::string(1, text.front());
    text.remove_prefix(time ? end + 1 : 1);
  }
  return result;
}

}  // namespace nbasync::ctl
