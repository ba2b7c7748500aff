#include "ctl/view/status_text.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>

#include "ctl/view/text.hpp"
#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;

// Of a daemon that syncs, with two who wait, one stale dataset and one upstream host in trouble.
json busy_status() {
  return json::parse(R"({
    "sync_in_progress": true,
    "current_sync": {"run_id": "5f3a1b2c-0000-4000-8000-000000000001", "sync_type": "full",
                     "season": "2025-26", "started_at": "2026-01-15T11:59:48Z", "thread_id": 7,
                     "triggered_by": "http", "step": "game_logs", "percent": 45},
    "queue": [{"run_id": "7d1e0000-0000-4000-8000-000000000002", "sync_type": "teams",
               "requested_at": "2026-01-15T11:59:57Z", "position": 1, "triggered_by": "dbus"},
              {"run_id": "8e2f0000-0000-4000-8000-000000000003", "sync_type": "schedule",
               "requested_at": "2026-01-15T11:59:58Z", "position": 2,
               "triggered_by": "schedule:nightly"}],
    "datasets": [{"name": "teams", "last_success": "2026-01-12T09:00:00Z", "age_seconds": 270000,
                  "stale_after_seconds": 2592000, "stale": false},
                 {"name": "game_logs", "last_success": "2026-01-13T09:00:00Z",
                  "age_seconds": 183600, "stale_after_seconds": 86400, "stale": true},
                 {"name": "todays_games", "last_success": null, "age_seconds": null,
                  "stale_after_seconds": 3600, "stale": true}],
    "upstream": [{"host": "stats.nba.com", "state": "paused until 12:30: 5 failures in a row"},
                 {"host": "cdn.nba.com", "state": "ok"}],
    "schedules": [{"name": "nightly", "sync_type": "full", "rule": "cron '0 9 * * *'",
                   "next": "2026-01-16T09:00:12Z", "last": "2026-01-15T09:00:03Z",
                   "last_status": "failed", "last_run_id": "1", "why": "09:00 and 12 s of jitter"},
                  {"name": "live", "sync_type": "todays_games", "rule": "live", "next": null,
                   "last": null, "last_status": null, "last_run_id": null, "why": "no game"}],
    "configuration": {"loaded_at": "2026-01-15T09:12:03Z", "restart_needed": ["dbus.bus"],
                      "error": "nbasyncd.yaml:3:5: unknown key 'retires'"},
    "recent_syncs": [{"run_id": "1", "sync_type": "todays_games", "status": "interrupted",
                      "started_at": "2026-01-15T09:00:00.000Z",
                      "completed_at": "2026-01-15T09:02:22.500Z", "duration_seconds": 142.5,
                      "records_synced": 26040, "triggered_by": "schedule:nightly"}],
    "paused": false, "version": "0.1.0", "started_at": "2026-01-15T09:12:03Z"})");
}

// Whole pages are in tests/screens; here is what each trouble says.
class StatusTextTest : public VerbTest {
 protected:
  std::string page(const json& status, const ctl::Terminal& terminal = {}) {
    return ctl::status_text(read<ctl::Status>(status), clock.wall(), terminal);
  }
  // Its first lines.
  std::string answer(const json& status, int lines = 2) {
    std::istringstream text(page(status));
    std::string answer;
    for (std::string line; lines-- > 0 && std::getline(text, line);) answer += line + '\n';
    return answer;
  }
};

// All well, nothing to come.
json well() {
  return {{"version", "0.2.0"},
          {"datasets",
           {{{"name", "teams"}, {"last_success", "2026-01-15T11:00:00Z"}, {"stale", false}},
            {{"name", "game_logs"}, {"last_success", "2026-01-15T11:00:00Z"}, {"stale", false}}}}};
}

json a_failure(const char* type, const char* code) {
  return {{"run_id", "5f3a1b2c-0000-4000-8000-000000000001"},
          {"sync_type", type},
          {"status", "failed"},
          {"error_code", code},
          {"started_at", "2026-01-15T11:29:00.000Z"},
          {"completed_at", "2026-01-15T11:30:00.000Z"}};
}

TEST_F(StatusTextTest, NothingIsWrongIsSaid) {
  EXPECT_EQ(answer(well()),
            "● nbasyncd 0.2.0: all is well\n"
            "      Next: no schedules\n");
}

TEST_F(StatusTextTest, TheFirstSyncTellsHowFarItIs) {
  auto status = well();
  status["first_sync"] = "the first sync is under way";
  status["current_sync"] = {
      {"run_id", "r"},          {"sync_type", "full"}, {"started_at", "2026-01-15T11:59:46Z"},
      {"percent", 30},          {"step", "teams"},     {"requests_done", 7},
      {"requests_expected", 20}};
  EXPECT_EQ(answer(status),
            "● nbasyncd 0.2.0: first sync under way: 7 of 20 requests\n"
            "        Do: wait, about 26 s left; 'nbasyncctl watch' follows it\n");
  status["current_sync"] = nullptr;
  status["first_sync"] = "the first sync has failed, and is tried again at 2026-01-15T12:05:00Z: x";
  EXPECT_EQ(answer(status),
            "● nbasyncd 0.2.0: no data yet\n"
            "        Do: the first sync has failed, and is tried again at 2026-01-15 12:05:00 UTC: "
            "x\n");
}

TEST_F(StatusTextTest, AFailureIsToldUntilItsDataHasCome) {
  auto status = well();
  status["recent_syncs"] = json::array({a_failure("game_logs", "upstream-blocked")});
  EXPECT_EQ(answer(status),
            "● nbasyncd 0.2.0: game_logs failed 30 min ago: upstream-blocked\n"
            "        Do: upstream refuses this address; wait an hour, or set upstream.proxy\n");
  status["datasets"][1]["last_success"] = "2026-01-15T11:31:00Z";
  EXPECT_EQ(answer(status, 1), "● nbasyncd 0.2.0: all is well\n") << "by a full sync, say";
  status["recent_syncs"] = json::array({a_failure("full", "upstream-blocked")});
  EXPECT_THAT(answer(status, 1), ::testing::HasSubstr("full failed 30 min ago"));
  status["datasets"][0]["last_success"] = "2026-01-15T11:31:00Z";
  EXPECT_EQ(answer(status, 1), "● nbasyncd 0.2.0: all is well\n") << "one after the other";
}

TEST_F(StatusTextTest, AFailureOfABackfillIsNoneOfTheSeasonInForce) {
  auto status = well();
  auto failure = a_failure("full", "upstream-unreachable");
  failure["triggered_by"] = "backfill";
  status["recent_syncs"] = json::array({failure});
  EXPECT_EQ(answer(status, 1), "● nbasyncd 0.2.0: all is well\n");
}

TEST_F(StatusTextTest, AFailureBeforeASuccessIsNoneAndSoIsWhatSomebodyCancelled) {
  auto status = well();
  auto success = a_failure("game_logs", "");
  success["status"] = "success";
  auto cancelled = a_failure("game_logs", "cancelled");
  cancelled["status"] = "cancelled";
  auto waited = a_failure("game_logs", "lock-timeout");
  waited["status"] = "timeout";
  status["recent_syncs"] = {cancelled, waited, success, a_failure("game_logs", "storage")};
  EXPECT_EQ(answer(status, 1), "● nbasyncd 0.2.0: all is well\n");
}

TEST_F(StatusTextTest, AFailureThatIsTriedAgainSaysWhen) {
  auto status = well();
  status["recent_syncs"] = json::array({a_failure("game_logs", "upstream-timeout")});
  status["schedules"] = {{{"name", "logs"},
                          {"sync_type", "game_logs"},
                          {"last_run_id", "5f3a1b2c-0000-4000-8000-000000000001"},
                          {"retry_at", "2026-01-15T12:05:00Z"}}};
  EXPECT_THAT(page(status), ::testing::HasSubstr("Next: game_logs again in 5 min (logs)\n"));
}

TEST_F(StatusTextTest, EveryTroubleHasItsSentenceAndTheWorstIsFirst) {
  auto status = busy_status();
  status["paused"] = true;
  status["problems"] = {
      {{"part", "dbus"}, {"message", "no bus"}, {"since", "2026-01-15T11:00:00Z"}}};
  status["backfill"] = {{"from", "2015-16"}, {"to", "2016-17"}, {"of", 2}, {"failed", 1}};
  status["instances"] = {{{"name", "one"}, {"role", "follower"}}};
  const auto text = page(status);
  EXPECT_TRUE(text.starts_with("● nbasyncd 0.1.0: no daemon has the lock, nothing is synced\n"))
      << text;
  for (const auto* sentence :
       {"the last reload failed", "waits for a restart: dbus.bus", "dbus, for 1 h: no bus",
        "game_logs and todays_games are stale", "stats.nba.com: paused until",
        "the schedules are paused", "1 season of the backfill failed"}) {
    EXPECT_THAT(text, ::testing::HasSubstr(sentence));
  }
}

TEST_F(StatusTextTest, BulletHasTheColourOfTheWorst) {
  const ctl::Terminal colours{.is_terminal = true, .colour = true, .width = 80};
  auto status = well();
  EXPECT_TRUE(page(status, colours).starts_with("\x1b[32m●"));
  status["datasets"][0]["stale"] = true;
  EXPECT_TRUE(page(status, colours).starts_with("\x1b[33m●"));
  status["recent_syncs"] = json::array({a_failure("full", "storage")});
  EXPECT_TRUE(page(status, colours).starts_with("\x1b[31m●"));
}

TEST_F(StatusTextTest, ASeasonThatHasNotBegunIsNotStaleAndTheFutureIsToldAsSuch) {
  auto status = busy_status();
  status["datasets"][1]["stale"] = false;
  status["datasets"][1]["begins"] = "2026-10-20T23:30:00Z";
  status["datasets"][2]["last_success"] = "2026-02-14T12:00:00Z";
  const auto text = page(status);
  EXPECT_THAT(text, ::testing::HasSubstr("begins 2026-10-20 23:30\n"));
  EXPECT_THAT(text, ::testing::ContainsRegex("todays_games  in 30 d 00 h  stale"));
}

TEST_F(StatusTextTest, AsManyRunsAsFit) {
  json status = {{"version", "0.1.0"}, {"recent_syncs", json::array()}};
  for (int i = 0; i < 20; ++i) status["recent_syncs"].push_back(a_run("success"));
  const auto lines = [&](const ctl::Terminal& terminal) {
    return std::ranges::count(page(status, terminal), '\n');
  };
  EXPECT_EQ(lines({}), 3 + 2 + 10) << "where the height is not known";
  EXPECT_EQ(lines({.width = 80, .height = 24}), 23);
  EXPECT_EQ(lines({.width = 80, .height = 50}), 3 + 2 + 20);
  EXPECT_EQ(lines({.width = 80, .height = 5}), 3) << "and no headers without a run";
}

TEST_F(StatusTextTest, LinesFitTheTerminal) {
  auto status = busy_status();
  status["recent_syncs"][0]["triggered_by"] = std::string("schedule:") + std::string(90, 'x');
  status["upstream"][0]["state"] = std::string(40, 'y') + ' ' + std::string(40, 'y');
  status["configuration"]["error"] = std::string(40, 'x') + ' ' + std::string(40, 'y');
  status["queue"][1]["triggered_by"] = std::string(90, 'z');
  for (const std::size_t width : {60U, 80U}) {
    std::istringstream lines(page(status, {.is_terminal = true, .width = width}));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(ctl::width_of(line), width) << line;
    }
  }
}

}  // namespace
}  // namespace nbasync::testing
