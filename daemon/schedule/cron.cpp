#include "schedule/cron.hpp"

#include <bit>

namespace nbasync {
namespace {

using namespace std::chrono;

// 29 February of a chosen weekday is never further away.
constexpr years kHorizon{41};

constexpr std::uint64_t bits_from(unsigned first) { return ~std::uint64_t{0} << first; }

unsigned first_bit(std::uint64_t mask) { return static_cast<unsigned>(std::countr_zero(mask)); }

}  // namespace

Cron::Cron(std::string_view text) : text_(text), fields_(parse_cron(text)) {}

std::optional<LocalTime> Cron::next_after(LocalTime time) const {
  const auto from = floor<minutes>(time) + 1min;
  const auto today = floor<days>(from);
  const year_month_day date(today);
  year_month month = date.year() / date.month();
  std::uint64_t due = due_days(month) & bits_from(static_cast<unsigned>(date.day()));

  if ((due >> static_cast<unsigned>(date.day()) & 1) != 0) {
    if (const auto minute = next_minute(from - today)) return today + *minute;
    due &= due - 1;
  }
  for (const auto end = month + kHorizon; due == 0; due = due_days(month)) {
    month += months(1);
    if (month > end) return std::nullopt;
  }
  return local_days(month / static_cast<int>(first_bit(due))) + *next_minute(0min);
}

// Bit n: day n of the month is due.
std::uint64_t Cron::due_days(year_month month) const {
  if ((fields_.months >> static_cast<unsigned>(month.month()) & 1) == 0) return 0;
  const unsigned last = static_cast<unsigned>((month / std::chrono::last).day());
  const unsigned first_weekday = weekday(local_days(month / 1)).c_encoding();

  const std::uint64_t last_day = (fields_.days & 1) << last;
  const std::uint64_t by_day = (fields_.days & ~std::uint64_t{1}) | last_day;
  // The week turned so that it begins with the weekday of day 1, five times over.
  const std::uint64_t week =
      (fields_.weekdays >> first_weekday | fields_.weekdays << (7 - first_weekday)) & 0x7f;
  const std::uint64_t by_weekday = (week | week << 7 | week << 14 | week << 21 | week << 28) << 1;

  const bool either = fields_.days_restricted && fields_.weekdays_restricted;
  const std::uint64_t days_due = either ? by_day | by_weekday : by_day & by_weekday;
  return days_due & ~bits_from(last + 1);
}

std::optional<minutes> Cron::next_minute(minutes of_day) const {
  const auto hour = static_cast<unsigned>(of_day / 1h);
  const auto minute = static_cast<unsigned>((of_day % 1h).count());
  if ((fields_.hours >> hour & 1) != 0) {
    if (const auto due = fields_.minutes & bits_from(minute); due != 0) {
      return hours(hour) + minutes(first_bit(due));
    }
  }
  const auto due_hours = fields_.hours & bits_from(hour + 1);
  if (due_hours == 0) return std::nullopt;
  return hours(first_bit(due_hours)) + minutes(first_bit(fields_.minutes));
}

}  // namespace nbasync
