#include "schedule/planner.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

SystemTime at(const std::string& text) { return *parse_utc(text); }

ScheduleSpec hourly() {
  ScheduleSpec spec;
  spec.name = "hourly";
  spec.cron = Cron("0 * * * *");
  return spec;
}

ScheduleSpec every(Duration period) {
  ScheduleSpec spec;
  spec.name = "every";
  spec.every = period;
  return spec;
}

TEST(PlannerTest, TheNextTimeIsTheFirstAfterNow) {
  const auto planned = plan(hourly(), {at("2026-01-15T10:00:00Z"), {}}, at("2026-01-15T10:20:00Z"));
  EXPECT_THAT(planned.due, IsEmpty());
  EXPECT_EQ(planned.next, at("2026-01-15T11:00:00Z"));
  EXPECT_EQ(planned.start, planned.next);
}

TEST(PlannerTest, ATimeThatHasComeIsDueAndRun) {
  const auto now = at("2026-01-15T11:00:00Z");
  const auto planned = plan(hourly(), {at("2026-01-15T10:00:00Z"), {}}, now);
  EXPECT_THAT(planned.due, ElementsAre(now));
  EXPECT_THAT(to_run(hourly(), planned, now), ElementsAre(now));
  EXPECT_EQ(planned.next, at("2026-01-15T12:00:00Z"));
}

TEST(PlannerTest, OfMissedTimesCatchUpSaysWhichAreMadeUpFor) {
  const auto now = at("2026-01-15T13:30:00Z");
  auto spec = hourly();
  const auto planned = plan(spec, {at("2026-01-15T10:00:00Z"), {}}, now);
  const auto eleven = at("2026-01-15T11:00:00Z");
  const auto twelve = at("2026-01-15T12:00:00Z");
  const auto thirteen = at("2026-01-15T13:00:00Z");
  EXPECT_THAT(planned.due, ElementsAre(eleven, twelve, thirteen));
  EXPECT_THAT(to_run(spec, planned, now), ElementsAre(thirteen));
  spec.catch_up = CatchUp::kNone;
  EXPECT_THAT(to_run(spec, planned, now), IsEmpty());
  spec.catch_up = CatchUp::kAll;
  EXPECT_THAT(to_run(spec, planned, now), ElementsAre(eleven, twelve, thirteen));
  spec.grace = hours(2);
  EXPECT_THAT(to_run(spec, planned, now), ElementsAre(twelve, thirteen));
}

TEST(PlannerTest, ALittleLateIsOnTimeWhateverCatchUpSays) {
  auto spec = hourly();
  spec.catch_up = CatchUp::kNone;
  spec.grace = seconds(0);
  const auto due = at("2026-01-15T11:00:00Z");
  const auto planned = plan(spec, {at("2026-01-15T10:00:00Z"), {}}, due + kPunctual);
  EXPECT_THAT(to_run(spec, planned, due + kPunctual), ElementsAre(due));
  EXPECT_THAT(to_run(spec, planned, due + kPunctual + Duration(1)), IsEmpty());
}

TEST(PlannerTest, AClockSetBackRepeatsNothing) {
  const auto decided = at("2026-01-15T11:00:00Z");
  const auto planned = plan(hourly(), {decided, {}}, at("2026-01-15T09:30:00Z"));
  EXPECT_THAT(planned.due, IsEmpty());
  EXPECT_EQ(planned.next, at("2026-01-15T12:00:00Z"));
}

TEST(PlannerTest, AClockThatWasFarAheadDoesNotSilenceASchedule) {
  const auto now = at("2026-01-15T09:30:00Z");
  for (const auto& ahead : {"2099-01-01T00:00:00Z", "2026-01-15T12:30:01Z"}) {
    ScheduleProgress progress{at(ahead), {}};
    EXPECT_TRUE(set_right(progress, steadiness_of(hourly()), now)) << ahead;
    EXPECT_EQ(plan(hourly(), progress, now).next, at("2026-01-15T10:00:00Z")) << ahead;
  }
  ScheduleProgress progress{at("2026-01-15T12:30:00Z"), {}};
  EXPECT_FALSE(set_right(progress, steadiness_of(hourly()), now)) << "three hours are nothing";
}

TEST(PlannerTest, HowFarTheClockMayGoBackFollowsFromTheRule) {
  const auto of_cron = [](const char* text) {
    ScheduleSpec spec;
    spec.cron = Cron(text);
    return steadiness_of(spec);
  };
  EXPECT_EQ(of_cron("*/5 * * * *"), minutes(1)) << "a pace";
  EXPECT_EQ(of_cron("0 * * * *"), hours(3));
  EXPECT_EQ(of_cron("0 9 * * *"), hours(24));
  EXPECT_EQ(steadiness_of(every(hours(6))), minutes(1));
}

TEST(PlannerTest, APeriodGoesOnFromTheNewTimeWhenTheClockIsSetBack) {
  const auto now = at("2026-01-15T09:00:01Z");
  ScheduleProgress progress{at("2026-01-15T11:00:00Z"), {}};
  EXPECT_TRUE(set_right(progress, steadiness_of(every(seconds(10))), now));
  const auto planned = plan(every(seconds(10)), progress, now);
  EXPECT_THAT(planned.due, IsEmpty());
  EXPECT_EQ(planned.next, at("2026-01-15T09:00:10Z"));
  EXPECT_THAT(plan(every(seconds(10)), progress, *planned.next).due, ElementsAre(*planned.next))
      << "and it comes";
}

TEST(PlannerTest, YearsOfMissedSecondsAreBounded) {
  auto spec = every(seconds(1));
  spec.catch_up = CatchUp::kAll;
  const auto now = at("2026-01-15T12:00:00Z");
  const auto planned = plan(spec, {at("2016-01-15T12:00:00Z"), {}}, now);
  EXPECT_EQ(planned.due.size(), kMostCatchUps);
  EXPECT_EQ(planned.due.back(), now);
  EXPECT_TRUE(planned.more_due);
  EXPECT_EQ(planned.next, now + seconds(1));
}

TEST(PlannerTest, ARareTimeOfLongAgoIsFound) {
  ScheduleSpec spec;
  spec.cron = Cron("0 0 29 2 *");
  const auto now = at("2026-01-15T12:00:00Z");
  const auto planned = plan(spec, {at("2020-01-01T00:00:00Z"), {}}, now);
  EXPECT_THAT(planned.due, ElementsAre(at("2020-02-29T00:00:00Z"), at("2024-02-29T00:00:00Z")));
  EXPECT_EQ(planned.next, at("2028-02-29T00:00:00Z"));
}

TEST(PlannerTest, ATimeWhoseJitterLastsIsYetToCome) {
  auto spec = hourly();
  spec.jitter = minutes(10);
  const auto nominal = at("2026-01-15T11:00:00Z");
  const auto start = start_of(spec, nominal);
  ASSERT_GT(start, nominal + seconds(1));
  const ScheduleProgress progress{at("2026-01-15T10:00:00Z"), {}};
  const auto early = plan(spec, progress, start - Duration(1));
  EXPECT_THAT(early.due, IsEmpty());
  EXPECT_EQ(early.next, nominal);
  EXPECT_EQ(early.start, start);
  EXPECT_THAT(plan(spec, progress, start).due, ElementsAre(nominal));
}

TEST(PlannerTest, AnUnalignedPeriodCountsFromTheEndOfTheLastRun) {
  auto spec = every(minutes(5));
  spec.aligned = false;
  const auto now = at("2026-01-15T12:00:00Z");
  EXPECT_THAT(plan(spec, {now, {}}, now).due, ElementsAre(now)) << "the first at once";
  const auto planned = plan(spec, {now, now - minutes(2)}, now);
  EXPECT_THAT(planned.due, IsEmpty());
  EXPECT_EQ(planned.start, now + minutes(3));
  ScheduleProgress progress{now, now + hours(3)};
  set_right(progress, steadiness_of(spec), now);
  EXPECT_EQ(plan(spec, progress, now).start, now + minutes(5)) << "clock set back";
  EXPECT_EQ(plan(spec, progress, now + minutes(1)).start, now + minutes(5)) << "and stays there";
}

TEST(PlannerTest, AnUnalignedPeriodIsWorthRunningHoweverLate) {
  auto spec = every(hours(24));
  spec.aligned = false;
  const auto now = at("2026-01-15T12:00:00Z");
  const auto planned = plan(spec, {now - hours(96), now - hours(96)}, now);
  EXPECT_EQ(to_run(spec, planned, now).size(), 1) << "later than its grace of a day";
}

TEST(PlannerTest, JitterNeverReachesTheNextTime) {
  ScheduleSpec spec;
  spec.name = "often";
  spec.cron = Cron("*/5 * * * *");
  spec.jitter = minutes(10);
  for (auto nominal = at("2026-01-15T00:00:00Z"); nominal < at("2026-01-16T00:00:00Z");
       nominal += minutes(5)) {
    ASSERT_LT(start_of(spec, nominal), nominal + minutes(5)) << format_utc(nominal);
  }
  EXPECT_EQ(jitter_of(spec), minutes(5) - Duration(1));
  EXPECT_EQ(jitter_warning(spec),
            "schedule often: jitter 10m is not shorter than the time from one start to the next, "
            "5m; 4m59s999ms is used");
  spec.jitter = minutes(2);
  EXPECT_EQ(jitter_warning(spec), std::nullopt);
}

}  // namespace
}  // namespace nbasync
