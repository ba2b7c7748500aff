#include "dataset/date.hpp"

#include <charconv>

#include "base/format.hpp"

namespace nbasync {
namespace {

// The number that these digits are; nullopt if one is no digit.
std::optional<unsigned> digits(std::string_view text) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string written(std::chrono::sys_days date) {
  const std::chrono::year_month_day day{date};
  return format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace

std::optional<std::chrono::sys_days> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::string days_before(std::string_view date, int days) {
  return written(parse_date(date).value() - std::chrono::days(days));
}

std::string day_of(std::chrono::system_clock::time_point time) {
  return written(std::chrono::floor<std::chrono::days>(time));
}

std::optional<std::string> date_of_us_form(std::string_view text) {
  if (text.size() < 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
  auto date = format("{}-{}-{}", text.substr(6, 4), text.substr(0, 2), text.substr(3, 2));
  if (!parse_date(date)) return std::nullopt;
  return date;
}

std::optional<SystemTime> tip_off(const std::string& stored) {
  return stored.starts_with("1900") ? std::nullopt : parse_utc(stored);
}

}  // namespace nbasync
