#include "schedule/cron.hpp"

#include <algorithm>
#include <bit>
#include <utility>

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

bool Cron::is_of_every_hour() const noexcept { return fields_.hours == (1U << 24U) - 1; }

std::vector<minutes> Cron::times_of_day() const {
  std::vector<minutes> times;
  for (unsigned hour = 0; hour < 24; ++hour) {
    for (unsigned minute = 0; minute < 60; ++minute) {
      if ((fields_.hours >> hour & fields_.minutes >> minute & 1) != 0) {
        times.push_back(hours(hour) + minutes(minute));
      }
    }
  }
  return times;
}

Cron::Gaps Cron::gaps() const {
  constexpr minutes kDay = 24h;
  const auto times = times_of_day();
  Gaps gaps{kDay, 0min};
  for (std::size_t i = 1; i < times.size(); ++i) {
    gaps.shortest = std::min(gaps.shortest, times[i] - times[i - 1]);
    gaps.longest = std::max(gaps.longest, times[i] - times[i - 1]);
  }
  // Weekdays and leap days come again after 28 years.
  bool before = false, neighbours = false, every_day = true;
  for (year_month month = 2000y / January; month < 2028y / January; month += months(1)) {
    const auto due = due_days(month);
    for (unsigned day = 1; day <= static_cast<unsigned>((month / last).day()); ++day) {
      const bool is_due = (due >> day & 1) != 0;
      neighbours = neighbours || (before && is_due);
      every_day = every_day && is_due;
      before = is_due;
    }
  }
  const minutes over_midnight = kDay - (times.back() - times.front());
  if (neighbours) gaps.shortest = std::min(gaps.shortest, over_midnight);
  gaps.longest = every_day ? std::max(gaps.longest, over_midnight) : kDay;
  return gaps;
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
