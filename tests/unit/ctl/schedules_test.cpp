#include <gmock/gmock.h>

#include "ctl/view/schedule_text.hpp"
#include "ctl/view/text.hpp"
#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

json two_schedules() {
  return json::parse(R"([
    {"name": "nightly", "sync_type": "full", "rule": "cron '0 9 * * *' in America/Denver",
     "next": "2026-01-16T16:00:12Z", "last": "2026-01-14T16:00:03Z", "last_status": "success",
     "last_run_id": "5f3a1b2c-0000-4000-8000-000000000001", "why": "09:00 MST, and 12 s of jitter"},
    {"name": "live", "sync_type": "todays_games", "rule": "live, every 30 s", "next": null,
     "last": null, "last_status": null, "last_run_id": null, "why": "no game today"}])");
}

class SchedulesTest : public VerbTest {};

TEST_F(SchedulesTest, TableIsThatOfListTimersWithWhyUnderEachRow) {
  client.statuses = {{{"schedules", two_schedules()}}};
  EXPECT_EQ(run({"schedules"}), 0);
  EXPECT_EQ(out.str(),
            "NEXT            LEFT      NAME     TYPE          LAST      RESULT\n"
            "tomorrow 16:00  1 d 04 h  nightly  full          19 h ago  success\n"
            "    09:00 MST, and 12 s of jitter\n"
            "-               -         live     todays_games  never     -\n"
            "    no game today\n");
}

TEST_F(SchedulesTest, NothingOfWhyIsCut) {
  auto schedules = two_schedules();
  schedules[0]["why"] = "06:00 EST of 2026-01-16 and 4 min 12 s of its jitter";
  const auto text =
      ctl::schedules_text(read<ctl::Status>({{"schedules", schedules}}).schedules, clock.wall(),
                          {.is_terminal = true, .colour = false, .width = 40});
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(ctl::width_of(line), 40U) << line;
  EXPECT_THAT(text, HasSubstr("    06:00 EST of 2026-01-16 and 4 min 12\n"
                              "    s of its jitter\n"));
}

TEST_F(SchedulesTest, ATryThatIsMadeAgainIsWhatComesNext) {
  auto schedule = two_schedules()[0];
  schedule["retry_at"] = "2026-01-15T12:04:12Z";
  client.explanation = schedule;
  client.statuses = {{{"schedules", {schedule}}}};
  run({"explain", "nightly"});
  EXPECT_THAT(out.str(), HasSubstr("nightly syncs all data again in 4 min 12 s, because it did not "
                                   "succeed; the last time, 19 h ago, it ended with success.\n"));
  run({"schedules"});
  EXPECT_THAT(out.str(), HasSubstr("\n12:04"));
}

TEST_F(SchedulesTest, PauseIsSaid) {
  client.statuses = {{{"schedules", two_schedules()}, {"paused", true}}};
  run({"schedules"});
  EXPECT_THAT(out.str(), HasSubstr("nbasyncctl resume"));
}

TEST_F(SchedulesTest, NoScheduleIsSaid) {
  EXPECT_EQ(run({"schedules"}), 0);
  EXPECT_THAT(out.str(), HasSubstr("no schedules"));
}

TEST_F(SchedulesTest, JsonIsTheListAndQuietTheNames) {
  client.statuses = {{{"schedules", two_schedules()}}};
  run({"schedules", "--json"});
  EXPECT_EQ(json::parse(out.str()), two_schedules());
  out.str("");
  run({"schedules", "-q"});
  EXPECT_EQ(out.str(), "nightly\nlive\n");
}

TEST_F(SchedulesTest, ExplainTellsTheChainOfReasonsAndTheDecisions) {
  client.explanation = two_schedules()[0];
  client.explanation["reasons"] = {"cron gives 2026-01-16 09:00 MST", "its jitter is 12 s"};
  client.explanation["decisions"] = json::parse(R"([
    {"at": "2026-01-15T11:00:00.000Z", "schedule": "nightly", "sync_type": "full",
     "decision": "skipped", "reason": "its twin runs", "run_id": null},
    {"at": "2026-01-14T16:00:03.000Z", "schedule": "nightly", "sync_type": "full",
     "decision": "fired", "reason": "it was due", "run_id": "5f3a1b2c-0000-4000-8000-000000000001"}
    ])");
  EXPECT_EQ(run({"explain", "nightly"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("explain nightly"));
  EXPECT_EQ(out.str(),
            "nightly syncs all data, next tomorrow 16:00, in 1 d 04 h; the last time, 19 h ago, it "
            "ended with success.\n"
            "\n"
            "      Rule: cron '0 9 * * *' in America/Denver\n"
            "      Next: 2026-01-16 16:00:12 UTC, in 1 d 04 h\n"
            "   Because: cron gives 2026-01-16 09:00 MST\n"
            "            its jitter is 12 s\n"
            "      Last: 2026-01-14 16:00:03 UTC, 19 h ago; success, run 5f3a1b2c\n"
            "\n"
            "WHEN      DECISION  RUN       REASON\n"
            "1 h ago   skipped             its twin runs\n"
            "19 h ago  fired     5f3a1b2c  it was due\n");
}

TEST_F(SchedulesTest, ExplainOfAScheduleThatNeverRanFallsBackToWhy) {
  client.explanation = two_schedules()[1];
  EXPECT_EQ(run({"explain", "live"}), 0);
  EXPECT_EQ(out.str(),
            "live syncs todays_games, but nothing is due: no game today; it has not run yet.\n"
            "\n"
            "      Rule: live, every 30 s\n"
            "      Next: nothing\n"
            "   Because: no game today\n");
}

TEST_F(SchedulesTest, ReasonsAreFoldedNotCut) {
  client.explanation = two_schedules()[1];
  client.explanation["reasons"] = {"the scoreboard has no game today and the schedule none soon"};
  const auto text = ctl::explanation_text(read<ctl::Explanation>(client.explanation), clock.wall(),
                                          {.is_terminal = true, .colour = false, .width = 40});
  EXPECT_THAT(text, HasSubstr("   Because: the scoreboard has no game\n"
                              "            today and the schedule none\n"
                              "            soon\n"));
}

TEST_F(SchedulesTest, UnknownScheduleIsTheDaemonsError) {
  client.error = Error(Errc::kUnknownSchedule, "no schedule 'nigthly'");
  EXPECT_THROW(run({"explain", "nigthly"}), Error);
}

TEST_F(SchedulesTest, PauseAndResumeAskAndSaySo) {
  EXPECT_EQ(run({"pause"}), 0);
  EXPECT_EQ(run({"resume", "--json"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("pause", "resume"));
  EXPECT_THAT(out.str(), HasSubstr("paused"));
  EXPECT_THAT(out.str(), HasSubstr("{\n  \"paused\": false\n}\n"));
}

TEST_F(SchedulesTest, ReloadNamesWhatWaitsForARestart) {
  client.statuses = {{{"configuration", {{"restart_needed", {"dbus.bus", "database.path"}}}}}};
  EXPECT_EQ(run({"reload"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("reload", "status"));
  EXPECT_THAT(out.str(), HasSubstr("wait for a restart: dbus.bus, database.path\n"));
}

TEST_F(SchedulesTest, FailedReloadIsTheDaemonsError) {
  client.error = Error(Errc::kBadConfiguration, "nbasyncd.yaml:3:5: unknown key");
  EXPECT_THROW(run({"reload"}), Error);
  EXPECT_THAT(out.str(), IsEmpty());
}

}  // namespace
}  // namespace nbasync::testing
