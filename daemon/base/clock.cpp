#include "base/clock.hpp"

#include <cstdio>
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

}  // namespace

SteadyTime RealClock::steady() const { return std::chrono::steady_clock::now(); }

SystemTime RealClock::wall() const { return std::chrono::system_clock::now(); }

std::string format_utc(SystemTime time, bool with_millis) {
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const auto of_day = floor<milliseconds>(time - day);
  const auto second = floor<seconds>(of_day);
  const auto total = second.count();
  std::string text = format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                            static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                            total / 3600, total / 60 % 60, total % 60);
  if (with_millis) text += format(".{:03}", (of_day - second).count());
  return text + "Z";
}

std::optional<SystemTime> parse_utc(std::string_view text) {
  int year = 0;
  unsigned month = 0, day = 0;
  int hour = 0, minute = 0, second = 0, consumed = 0;
  const std::string copy(text);
  if (std::sscanf(copy.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute,
                  &second, &consumed) != 6) {
    return std::nullopt;
  }
  auto rest = text.substr(static_cast<size_t>(consumed));
  int millis = 0;
  if (!rest.empty() && rest.front() == '.') {
    rest.remove_prefix(1);
    int scale = 100;
    while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
      millis += (rest.front() - '0') * scale;
      scale /= 10;
      rest.remove_prefix(1);
    }
  }
  const year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                            std::chrono::day{day}};
  if (rest != "Z" || !date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return sys_days{date} + hours{hour} + minutes{minute} + seconds{second} + milliseconds{millis};
}

}  // namespace nbasync
