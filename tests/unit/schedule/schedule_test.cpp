#include "schedule/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace nbasync {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

SystemTime utc(const std::string& text) { return parse_utc(text).value(); }

std::vector<std::string> runs(const Schedule& schedule, const std::string& from, int count) {
  std::vector<std::string> list;
  auto time = utc(from);
  for (int i = 0; i < count; ++i) {
    time = schedule.next_after(time).value();
    list.push_back(format_utc(time));
  }
  return list;
}

Schedule in_new_york(const char* cron) { return {Cron(cron), Zone("America/New_York")}; }

TEST(ScheduleTest, CronIsDueByTheClockOfItsZone) {
  const Schedule nightly(Cron("0 9 * * *"), Zone("America/Denver"));
  EXPECT_THAT(runs(nightly, "2025-11-01T00:00:00Z", 2),
              ElementsAre("2025-11-01T15:00:00Z", "2025-11-02T16:00:00Z"));
}

TEST(ScheduleTest, NextIsAlwaysLaterThanTheTimeGiven) {
  const Schedule hourly(Cron("@hourly"), Zone());
  EXPECT_EQ(hourly.next_after(utc("2025-12-01T09:00:00Z")), utc("2025-12-01T10:00:00Z"));
  EXPECT_EQ(hourly.next_after(utc("2025-12-01T09:00:00Z") - 1ns), utc("2025-12-01T09:00:00Z"));
  EXPECT_EQ(hourly.next_after(utc("2025-12-01T09:00:00Z") + 1ns), utc("2025-12-01T10:00:00Z"));
}

TEST(ScheduleTest, TimeInTheGapIsDueAtItsEnd) {
  EXPECT_THAT(runs(in_new_york("30 2 * * *"), "2025-03-08T00:00:00Z", 3),
              ElementsAre("2025-03-08T07:30:00Z", "2025-03-09T07:00:00Z", "2025-03-10T06:30:00Z"));
}

TEST(ScheduleTest, AllTimesOfTheGapAndItsEndAreOneRun) {
  EXPECT_THAT(runs(in_new_york("*/30 * * * *"), "2025-03-09T06:00:00Z", 4),
              ElementsAre("2025-03-09T06:30:00Z", "2025-03-09T07:00:00Z", "2025-03-09T07:30:00Z",
                          "2025-03-09T08:00:00Z"));
}

TEST(ScheduleTest, TimeInTheOverlapIsDueOnce) {
  EXPECT_THAT(runs(in_new_york("30 1 * * *"), "2025-11-02T00:00:00Z", 2),
              ElementsAre("2025-11-02T05:30:00Z", "2025-11-03T06:30:00Z"));
}

TEST(ScheduleTest, SecondPassOfAnOverlapIsSkippedAlsoWhenStartedWithinIt) {
  const Schedule some_hours = in_new_york("*/30 0-22 * * *");
  EXPECT_THAT(runs(some_hours, "2025-11-02T05:00:00Z", 2),
              ElementsAre("2025-11-02T05:30:00Z", "2025-11-02T07:00:00Z"));
  EXPECT_THAT(runs(some_hours, "2025-11-02T06:10:00Z", 1), ElementsAre("2025-11-02T07:00:00Z"));
}

TEST(ScheduleTest, WhatIsDueInEveryHourIsDueInBothPassesOfAnOverlap) {
  EXPECT_THAT(runs(in_new_york("*/30 * * * *"), "2025-11-02T05:10:00Z", 4),
              ElementsAre("2025-11-02T05:30:00Z", "2025-11-02T06:00:00Z", "2025-11-02T06:30:00Z",
                          "2025-11-02T07:00:00Z"));
}

TEST(ScheduleTest, DateThatNeverComesIsNever) {
  EXPECT_EQ(in_new_york("0 0 30 2 *").next_after(utc("2025-12-01T00:00:00Z")), std::nullopt);
}

TEST(ScheduleTest, PeriodIsAlignedToTheEpoch) {
  EXPECT_THAT(runs(Schedule(1h), "2025-12-01T09:17:21Z", 2),
              ElementsAre("2025-12-01T10:00:00Z", "2025-12-01T11:00:00Z"));
  EXPECT_EQ(Schedule(1h).next_after(SystemTime(-1ms)), SystemTime());
  EXPECT_EQ(Schedule(1h).next_after(SystemTime(-1h)), SystemTime());
}

TEST(ScheduleTest, PeriodCountsFromAnAnchorIfGivenOne) {
  const Schedule schedule(7min);
  const auto end_of_run = utc("2025-12-01T09:17:21Z") + 250ms;
  EXPECT_EQ(schedule.next_after(end_of_run, end_of_run), end_of_run + 7min);
  EXPECT_EQ(schedule.next_after(end_of_run + 7min, end_of_run), end_of_run + 14min);
  EXPECT_EQ(schedule.next_after(end_of_run + 30min, end_of_run), end_of_run + 35min);
}

TEST(ScheduleTest, PeriodMustBePositive) {
  EXPECT_THROW(Schedule(0s), Error);
  EXPECT_THROW(Schedule(-1s), Error);
}

TEST(ScheduleTest, DescribesItself) {
  EXPECT_EQ(in_new_york("0 9 * * *").describe(), "cron '0 9 * * *' in America/New_York");
  EXPECT_EQ(Schedule(90min).describe(), "every 1h30m");
}

TEST(ScheduleTest, EqualWhenWrittenEqually) {
  EXPECT_EQ(in_new_york("0 9 * * *"), in_new_york("0 9 * * *"));
  EXPECT_FALSE(in_new_york("0 9 * * *") == Schedule(Cron("0 9 * * *"), Zone()));
  EXPECT_FALSE(Schedule(1h) == Schedule(2h));
}

}  // namespace
}  // namespace nbasync
