#include "schedule/zone.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace nbasync {
namespace {

using namespace std::chrono_literals;
using std::chrono::local_days;
using std::chrono::sys_days;
using testing::HasSubstr;

SystemTime utc(const char* text) { return parse_utc(text).value(); }

TEST(ZoneTest, UtcShowsTheInstantItself) {
  const Zone zone;
  const LocalTime noon = local_days(2025y / 12 / 1) + 12h;
  EXPECT_EQ(zone.name(), "UTC");
  EXPECT_EQ(zone, Zone("UTC"));
  EXPECT_EQ(zone.to_local(utc("2025-12-01T12:00:00Z")), noon);
  EXPECT_EQ(zone.to_system(noon), utc("2025-12-01T12:00:00Z"));
}

TEST(ZoneTest, NewYorkIsFiveHoursBehindInWinterAndFourInSummer) {
  const Zone zone("America/New_York");
  EXPECT_EQ(zone.name(), "America/New_York");
  EXPECT_EQ(zone.to_local(utc("2025-12-01T05:00:00Z")), LocalTime(local_days(2025y / 12 / 1)));
  EXPECT_EQ(zone.to_local(utc("2025-07-01T04:00:00Z")), LocalTime(local_days(2025y / 7 / 1)));
  EXPECT_EQ(zone.to_system(local_days(2025y / 7 / 1) + 9h), utc("2025-07-01T13:00:00Z"));
}

TEST(ZoneTest, FractionsOfASecondAreCutOffAlsoBefore1970) {
  EXPECT_EQ(Zone().to_local(utc("2025-12-01T12:00:00Z") + 999ms), local_days(2025y / 12 / 1) + 12h);
  EXPECT_EQ(Zone().to_local(SystemTime(-1ms)), local_days(1969y / 12 / 31) + 23h + 59min + 59s);
}

TEST(ZoneTest, TimeSkippedInSpringIsTheFirstInstantAfterTheGap) {
  const Zone zone("America/New_York");
  const auto day = local_days(2025y / 3 / 9);
  const auto after_gap = utc("2025-03-09T07:00:00Z");
  EXPECT_EQ(zone.to_system(day + 2h - 1s), after_gap - 1s);
  EXPECT_EQ(zone.to_system(day + 2h), after_gap);
  EXPECT_EQ(zone.to_system(day + 2h + 30min), after_gap);
  EXPECT_EQ(zone.to_system(day + 3h), after_gap);
  EXPECT_EQ(zone.to_system(day + 3h + 1s), after_gap + 1s);
}

TEST(ZoneTest, TimeShownTwiceInAutumnIsTheFirstOfTheTwo) {
  const Zone zone("America/New_York");
  const auto day = local_days(2025y / 11 / 2);
  EXPECT_EQ(zone.to_system(day + 1h), utc("2025-11-02T05:00:00Z"));
  EXPECT_EQ(zone.to_system(day + 1h + 59min), utc("2025-11-02T05:59:00Z"));
  EXPECT_EQ(zone.to_system(day + 2h), utc("2025-11-02T07:00:00Z"));
}

TEST(ZoneTest, DayThatSamoaSkippedIsTheFirstInstantAfterIt) {
  const Zone zone("Pacific/Apia");  // went from 29 to 31 December 2011
  EXPECT_EQ(zone.to_system(local_days(2011y / 12 / 30) + 12h), utc("2011-12-30T10:00:00Z"));
  EXPECT_EQ(zone.to_local(utc("2011-12-30T10:00:00Z")), LocalTime(local_days(2011y / 12 / 31)));
}

TEST(ZoneTest, UnknownNameIsRefusedWithTheNearestKnownOne) {
  try {
    Zone("America/New_Yrok");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kBadConfiguration);
    EXPECT_THAT(error.what(), HasSubstr("'America/New_Yrok'"));
    EXPECT_THAT(error.what(), HasSubstr("did you mean 'America/New_York'?"));
  }
}

TEST(ZoneTest, NothingOutsideTheListOfZonesIsAName) {
  for (const char* name : {"", "/etc/localtime", "../zoneinfo/UTC", "zone.tab", "America"}) {
    EXPECT_THROW((void)Zone(name), Error) << name;
  }
}

TEST(LeagueTest, DayBeginsAtMidnightInNewYork) {
  EXPECT_EQ(league_day(utc("2025-12-02T04:59:59Z")), "2025-12-01");
  EXPECT_EQ(league_day(utc("2025-12-02T05:00:00Z")), "2025-12-02");
  EXPECT_EQ(league_day(utc("2025-07-02T03:59:59Z")), "2025-07-01");
  EXPECT_EQ(league_day(utc("2025-07-02T04:00:00Z")), "2025-07-02");
}

TEST(LeagueTest, SeasonRunsFromJulyToJune) {
  EXPECT_EQ(season_of(utc("2025-07-01T03:59:59Z")), "2024-25");
  EXPECT_EQ(season_of(utc("2025-07-01T04:00:00Z")), "2025-26");
  EXPECT_EQ(season_of(utc("2025-12-31T12:00:00Z")), "2025-26");
  EXPECT_EQ(season_of(utc("2026-06-30T12:00:00Z")), "2025-26");
  EXPECT_EQ(season_of(utc("1999-12-01T12:00:00Z")), "1999-00");
}

}  // namespace
}  // namespace nbasync
