// Every transition of ten zones in fifty years: around each, what is due by the clock on the wall
// runs exactly once; what is due in every hour, each time that the clock shows it. What that clock
// shows is found out minute by minute.

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "schedule/schedule.hpp"

namespace nbasync {
namespace {

using namespace std::chrono;

struct Due {
  const char* cron;
  bool (*at)(int hour, int minute);
  bool of_every_hour = false;
};

constexpr Due kDue[] = {
    {"* * * * *", [](int, int) { return true; }, true},
    {"*/30 * * * *", [](int, int minute) { return minute % 30 == 0; }, true},
    {"17 * * * *", [](int, int minute) { return minute == 17; }, true},
    {"0 0 * * *", [](int hour, int minute) { return hour == 0 && minute == 0; }},
    {"30 2 * * *", [](int hour, int minute) { return hour == 2 && minute == 30; }},
    {"15,45 1-3 * * *",
     [](int hour, int minute) { return hour >= 1 && hour <= 3 && minute % 30 == 15; }},
};

// The instants at which the zone's clock is set, by bisection of days with different offsets.
std::vector<SystemTime> transitions(const Zone& zone, SystemTime from, SystemTime to) {
  const auto offset = [&](SystemTime time) {
    return zone.to_local(time).time_since_epoch() - floor<seconds>(time.time_since_epoch());
  };
  std::vector<SystemTime> found;
  for (auto day = from; day < to; day += 24h) {
    auto before = day, after = day + 24h;
    if (offset(before) == offset(after)) continue;
    while (after - before > 1s) {
      const auto middle = before + floor<seconds>((after - before) / 2);
      (offset(middle) == offset(before) ? before : after) = middle;
    }
    found.push_back(after);
  }
  return found;
}

// The instants at which the clock shows each minute from `from` to `to`, the first of them first;
// what it skips counts as shown at `set`.
std::map<LocalTime, std::vector<SystemTime>> shown(const Zone& zone, SystemTime from,
                                                   SystemTime set, SystemTime to) {
  std::map<LocalTime, std::vector<SystemTime>> times;
  for (auto time = from; time <= to; time += 1min) times[zone.to_local(time)].push_back(time);
  for (auto local = times.begin()->first; local < times.rbegin()->first; local += 1min) {
    times.try_emplace(local, 1, set);
  }
  return times;
}

class ScheduleTransitionsTest : public testing::TestWithParam<const char*> {};

TEST_P(ScheduleTransitionsTest, EveryLocalTimeThatIsDueRunsAsOftenAsItShould) {
  const Zone zone{std::string_view(GetParam())};
  const auto all = transitions(zone, sys_days(1988y / 1 / 1), sys_days(2038y / 1 / 1));
  ASSERT_FALSE(all.empty());
  for (const auto set : all) {
    const auto from = set - 5h, to = set + 5h;
    const auto clock = shown(zone, from, set, to);
    for (const Due& due : kDue) {
      std::set<SystemTime> expected;
      for (const auto& [local, times] : clock) {
        const auto of_day = local - floor<days>(local);
        if (!due.at(static_cast<int>(of_day / 1h), static_cast<int>(of_day % 1h / 1min))) continue;
        expected.insert(times.begin(), due.of_every_hour ? times.end() : times.begin() + 1);
      }
      expected.erase(from);
      const Schedule schedule(Cron(due.cron), zone);
      std::set<SystemTime> actual;
      for (auto next = schedule.next_after(from); next.value() <= to;
           next = schedule.next_after(*next)) {
        ASSERT_TRUE(actual.insert(*next).second) << "twice at " << format_utc(*next);
      }
      ASSERT_EQ(actual, expected) << due.cron << " around " << format_utc(set);
    }
  }
}

// With them gaps and overlaps of an hour, half an hour and a whole day, at midnight, against the
// sun, twice more within Ramadan, and changes of the offset for good.
INSTANTIATE_TEST_SUITE_P(Zones, ScheduleTransitionsTest,
                         testing::Values("America/New_York", "America/Denver", "Europe/London",
                                         "Europe/Moscow", "Australia/Lord_Howe", "Pacific/Apia",
                                         "America/Sao_Paulo", "Africa/Casablanca", "Asia/Tehran",
                                         "Asia/Gaza"));

}  // namespace
}  // namespace nbasync
