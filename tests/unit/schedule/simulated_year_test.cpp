// A year of schedules on the wheel, driven as the daemon drives it: sleep until the next tick,
// fire, plan the next run.

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "schedule/jitter.hpp"
#include "schedule/schedule.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {
namespace {

using namespace std::chrono;

constexpr SystemTime kNewYear = sys_days(2026y / 1 / 1);
constexpr SystemTime kStart = kNewYear - 1min;
constexpr SystemTime kEnd = sys_days(2027y / 1 / 1);

// A machine whose wall clock is `kStart` at tick 0, and which stops at the end of the year.
class Year {
 public:
  // Runs the schedule from now on; returns where its runs will be written down.
  const std::vector<SystemTime>& follow(Schedule schedule) {
    auto& plan = plans_.emplace_back(std::make_unique<Plan>(Plan{.schedule = std::move(schedule)}));
    plan->timer = std::make_unique<Timer>([this, &plan = *plan] {
      plan.runs.push_back(now());
      arm(plan);
    });
    arm(*plan);
    return plan->runs;
  }

  void pass() {
    const Tick end = tick_of(kEnd) - 1;
    for (auto next = wheel_.next(); next && *next <= end; next = wheel_.next()) {
      wheel_.advance(*next);
      ++wake_ups;
    }
  }

  std::size_t wake_ups = 0;

 private:
  struct Plan {
    Schedule schedule;
    std::unique_ptr<Timer> timer = nullptr;
    std::vector<SystemTime> runs = {};
  };

  static Tick tick_of(SystemTime time) {
    return static_cast<Tick>(floor<milliseconds>(time - kStart).count());
  }
  SystemTime now() const { return kStart + milliseconds(wheel_.now()); }
  void arm(Plan& plan) {
    wheel_.arm(*plan.timer, tick_of(plan.schedule.next_after(now()).value()));
  }

  TimerWheel wheel_;
  std::vector<std::unique_ptr<Plan>> plans_;
};

std::map<local_days, int> runs_a_day(const std::vector<SystemTime>& runs, const Zone& zone) {
  std::map<local_days, int> counts;
  for (const auto run : runs) ++counts[floor<days>(zone.to_local(run))];
  return counts;
}

TEST(SimulatedYearTest, DailyScheduleRunsOnceOnEveryLocalDayAlsoInGapAndOverlap) {
  for (const char* name : {"America/New_York", "America/Denver", "Europe/London",
                           "Australia/Sydney", "Asia/Kolkata", "America/Santiago"}) {
    for (const char* cron : {"30 2 * * *", "0 9 * * *", "30 1 * * *", "0 0 * * *"}) {
      const Zone zone{std::string_view(name)};
      Year year;
      const auto& runs = year.follow({Cron(cron), zone});
      year.pass();
      EXPECT_EQ(runs.size(), 365U) << name << " " << cron;
      for (const auto& [day, count] : runs_a_day(runs, zone)) {
        EXPECT_EQ(count, 1) << name << " " << cron << " " << day.time_since_epoch().count();
      }
    }
  }
}

TEST(SimulatedYearTest, HourlyScheduleRunsEveryHourAlsoTheSecondOfTheOverlap) {
  Year year;
  const auto& runs = year.follow({Cron("@hourly"), Zone("America/New_York")});
  year.pass();
  EXPECT_EQ(runs.size(), 8760U);
}

TEST(SimulatedYearTest, OneWheelRunsThemAllAndWakesOnlyForThem) {
  Year year;
  const auto& every = year.follow(Schedule(1h));
  const auto& weekly = year.follow({Cron("@weekly"), Zone("America/New_York")});
  const auto& monthly = year.follow({Cron("59 23 L * *"), Zone("America/New_York")});
  year.pass();
  EXPECT_EQ(every.size(), 8760U);
  EXPECT_EQ(weekly.size(), 52U);
  EXPECT_EQ(monthly.size(), 12U);
  EXPECT_LE(year.wake_ups, every.size() + weekly.size() + monthly.size());
  for (std::size_t i = 0; i < every.size(); ++i) {
    ASSERT_EQ(every[i], kNewYear + hours(i)) << "drift";
  }
}

}  // namespace
}  // namespace nbasync
