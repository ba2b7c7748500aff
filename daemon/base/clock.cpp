#include "base/clock.hpp"

#include <ctime>
#include <iterator>
#include <string>

#include "base/format.hpp"

namespace nbasync {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// Whole within SystemTime, which counts nanoseconds in 64 bits.
constexpr std::chrono::year kFirstYear{1678};
constexpr std::chrono::year kLastYear{2261};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

SteadyTime RealClock::steady() const { return std::chrono::steady_clock::now(); }

SystemTime RealClock::wall() const { return std::chrono::system_clock::now(); }

SteadyTime boot_time() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return SteadyTime(std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

std::string format_utc(SystemTime time, bool with_millis) {
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const auto of_day = floor<milliseconds>(time - day);
  const auto second = floor<seconds>(of_day);
  const auto total = second.count();
  // Compiled: a status has some forty times.
  std::string text =
      fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}"), static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  total / 3600, total / 60 % 60, total % 60);
  if (with_millis) {
    fmt::format_to(std::back_inserter(text), FMT_COMPILE(".{:03}"), (of_day - second).count());
  }
  text += 'Z';
  return text;
}

std::optional<SystemTime> parse_utc(std::string_view text) {
  // Digits stand for digits: no sign, no blank.
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  if (text.size() <= kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == '0' ? !is_digit(text[i]) : text[i] != kForm[i]) return std::nullopt;
  }
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char digit : text.substr(from, count)) value = value * 10 + (digit - '0');
    return value;
  };
  auto rest = text.substr(kForm.size());
  int millis = 0;
  if (rest.front() == '.') {
    rest.remove_prefix(1);
    for (int scale = 100; !rest.empty() && is_digit(rest.front()); scale /= 10) {
      millis += (rest.front() - '0') * scale;
      rest.remove_prefix(1);
    }
  }
  const int hour = number(11, 2), minute = number(14, 2), second = number(17, 2);
  const year_month_day date{std::chrono::year{number(0, 4)},
                            std::chrono::month{static_cast<unsigned>(number(5, 2))},
                            std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  const bool fits = date.year() >= kFirstYear && date.year() <= kLastYear;
  if (rest != "Z" || !fits || !date.ok() || hour > 23 || minute > 59 || second > 60) {
    return std::nullopt;
  }
  return sys_days{date} + hours{hour} + minutes{minute} + seconds{second} + milliseconds{millis};
}

}  // namespace nbasync
