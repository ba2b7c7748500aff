#include <gmock/gmock.h>

#include <string>

#include "base/error.hpp"
#include "config/dump.hpp"
#include "config_files.hpp"

namespace nbasync {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;

class SchedulesTest : public ::testing::Test {
 protected:
  std::vector<ScheduleSpec> load(const std::string& text) {
    folder_.write("nbasyncd.yaml", "schedules:\n" + text);
    return folder_.load().config.schedules;
  }
  std::string mistake(const std::string& text) {
    try {
      load(text);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::kBadConfiguration);
      return error.what();
    }
    return "no mistake";
  }

  testing::ConfigFolder folder_;
};

TEST_F(SchedulesTest, AreReadWithAllTheirKeys) {
  const auto specs = load(
      "  - {name: nightly, sync: full, cron: '0 9 * * *', timezone: America/Denver, jitter: 2m,\n"
      "     catch_up: all, grace: 12h, overlap: join, season: 2024-25, retry: {times: 2, after: "
      "1m}}\n"
      "  - {name: live, sync: todays_games, live: {every: 20s}}\n"
      "  - {name: hourly, sync: teams, every: 1h, aligned: false}\n");
  ASSERT_EQ(specs.size(), 3);
  EXPECT_EQ(describe(specs[0]), "cron '0 9 * * *' in America/Denver");
  EXPECT_EQ(specs[0].jitter, minutes(2));
  EXPECT_EQ(specs[0].catch_up, CatchUp::kAll);
  EXPECT_EQ(specs[0].grace, std::chrono::hours(12));
  EXPECT_EQ(specs[0].overlap, Overlap::kJoin);
  EXPECT_EQ(specs[0].season, "2024-25");
  EXPECT_EQ(specs[0].retry, (RetryRule{2, minutes(1)}));
  EXPECT_EQ(specs[2].retry, std::nullopt);
  EXPECT_EQ(specs[1].live, (LiveRule{seconds(20), minutes(10)}));
  EXPECT_EQ(describe(specs[2]), "every 1h from the end of the last run");
}

TEST_F(SchedulesTest, AMistakeIsShownWithItsPlace) {
  EXPECT_THAT(mistake("  - {name: a, sync: full, cron: '0 25 * * *'}\n"),
              HasSubstr("nbasyncd.yaml:2:33: schedules[0].cron: cron '0 25 * * *': hour: 25"));
  EXPECT_THAT(mistake("  - {name: a, sync: ful, every: 1h}\n"), HasSubstr("did you mean 'full'?"));
  EXPECT_THAT(mistake("  - {name: a, sync: full, evry: 1h}\n"), HasSubstr("did you mean 'every'?"));
  EXPECT_THAT(mistake("  - {name: a, sync: full, cron: '@daily', timezone: America/Denvr}\n"),
              HasSubstr("did you mean 'America/Denver'?"));
}

TEST_F(SchedulesTest, WhatDoesNotFitTogetherIsRefused) {
  EXPECT_THAT(mistake("  - {name: a, sync: full}\n"), HasSubstr("one of cron, every and live"));
  EXPECT_THAT(mistake("  - {name: a, sync: full, every: 1h, cron: '@daily'}\n"),
              HasSubstr("one of cron, every and live"));
  EXPECT_THAT(mistake("  - {sync: full, every: 1h}\n"), HasSubstr("it needs a name"));
  EXPECT_THAT(mistake("  - {name: a, every: 1h}\n"), HasSubstr("it needs a sync"));
  EXPECT_THAT(
      mistake("  - # {name: a, sync: full, every: 1h}\n\n  - {name: b, sync: full, every: 1h}\n"),
      HasSubstr("nbasyncd.yaml:2:3: schedules[0]: it is empty; give it keys, or remove its '-'"));
  EXPECT_THAT(
      mistake("  - {name: a, sync: teams, every: 1h}\n  - {name: a, sync: full, every: 1h}\n"),
      HasSubstr("nbasyncd.yaml:3:5: schedules[1]: there is another schedule 'a'"));
  EXPECT_THAT(mistake("  - {name: a, sync: full, live: {}}\n"),
              HasSubstr("only for sync: todays_games"));
  EXPECT_THAT(mistake("  - {name: a, sync: full, every: 1m, jitter: 2m}\n"),
              HasSubstr("jitter must be shorter"));
  EXPECT_THAT(mistake("  - {name: a b, sync: full, every: 1m}\n"), HasSubstr("is no name"));
  EXPECT_THAT(mistake("  - {name: a, sync: todays_games, live: {}, retry: {times: 1}}\n"),
              HasSubstr("retry is not for live"));
  EXPECT_THAT(mistake("  - {name: a, sync: full, every: 1h, retry: {times: 11}}\n"),
              HasSubstr("schedules[0].retry.times: 11 is out of range: 0 to 10"));
  EXPECT_THAT(mistake("  name: a\n"), HasSubstr("schedules: it is a list"));
}

TEST_F(SchedulesTest, ADropInReplacesTheWholeList) {
  folder_.write("conf.d/10.yaml", "schedules:\n  - {name: other, sync: full, every: 1h}\n");
  const auto specs = load("  - {name: a, sync: teams, every: 1h}\n");
  ASSERT_EQ(specs.size(), 1);
  EXPECT_EQ(specs[0].name, "other");
}

TEST_F(SchedulesTest, WhatIsDumpedReadsBackTheSame) {
  const auto specs = load(
      "  - {name: nightly, sync: full, cron: '0 9 * * *', timezone: America/Denver, jitter: 2m,\n"
      "     retry: {times: 0}}\n"
      "  - {name: live, sync: todays_games, live: {every: 20s}}\n");
  folder_.write("nbasyncd.yaml", dump_config(folder_.load().config, {}));
  EXPECT_EQ(folder_.load().config.schedules, specs);
}

}  // namespace
}  // namespace nbasync
