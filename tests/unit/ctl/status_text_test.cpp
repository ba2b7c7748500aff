#include "ctl/view/status_text.hpp"

#include <gmock/gmock.h>

#include <algorithm>

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

class StatusTextTest : public VerbTest {};

TEST_F(StatusTextTest, BusyDaemonTellsAll) {
  EXPECT_EQ(ctl::status_text(read<ctl::Status>(busy_status()), clock.wall(), {}),
            "● nbasyncd 0.1.0, syncing\n"
            "     Since: 2026-01-15 09:12:03 UTC, 2 h ago\n"
            "   Running: full 2025-26  ▕████░░░░░░▏ 45 %  game_logs\n"
            "            run 5f3a1b2c, for 12 s, asked by http\n"
            "   Waiting: teams, next; run 7d1e0000, for 3 s, asked by dbus\n"
            "            schedule, 2nd; run 8e2f0000, for 2 s, asked by schedule:nightly\n"
            "  Upstream: stats.nba.com: paused until 12:30: 5 failures in a row\n"
            "    Config: the last reload failed, the one before is in force: nbasyncd.yaml:3:5: "
            "unknown key 'retires'\n"
            "            changed, but waits for a restart: dbus.bus\n"
            "\n"
            "DATA          LAST SUCCESS  AT                       STATE\n"
            "teams         3 d ago       2026-01-12 09:00:00 UTC  fresh\n"
            "game_logs     2 d ago       2026-01-13 09:00:00 UTC  stale\n"
            "todays_games  never         -                        stale\n"
            "\n"
            "SCHEDULE  TYPE          NEXT            LAST     RESULT\n"
            "nightly   full          in 21 h 00 min  2 h ago  failed\n"
            "live      todays_games  -               never    -\n"
            "\n"
            "WHEN     TYPE          STATUS        ROWS        TIME  BY\n"
            "3 h ago  todays_games  interrupted  26040  2 min 23 s  schedule:nightly\n");
}

TEST_F(StatusTextTest, ThatTheFirstSyncHasNotEndedIsTold) {
  auto status = busy_status();
  status["first_sync"] = "the first sync is under way";
  EXPECT_THAT(
      ctl::status_text(read<ctl::Status>(status), clock.wall(), {}),
      ::testing::HasSubstr("      Data: none yet, or not all: the first sync is under way\n"));
}

TEST_F(StatusTextTest, ASeasonThatHasNotBegunIsNotStaleAndTheFutureIsToldAsSuch) {
  auto status = busy_status();
  status["datasets"][1]["stale"] = false;
  status["datasets"][1]["begins"] = "2026-10-20T23:30:00Z";
  status["datasets"][2]["last_success"] = "2026-02-14T12:00:00Z";
  const auto text = ctl::status_text(read<ctl::Status>(status), clock.wall(), {});
  EXPECT_THAT(text, ::testing::HasSubstr(
                        "game_logs     2 d ago       2026-01-13 09:00:00 UTC  begins 2026-10-20 "
                        "23:30:00 UTC\n"));
  EXPECT_THAT(text,
              ::testing::ContainsRegex("todays_games  in 30 d.* 2026-02-14 12:00:00 UTC  stale\n"));
}

TEST_F(StatusTextTest, TenRunsAreEnoughForThePage) {
  json status = {{"version", "0.1.0"}, {"recent_syncs", json::array()}};
  for (int i = 0; i < 20; ++i) status["recent_syncs"].push_back(a_run("success"));
  const auto text = ctl::status_text(read<ctl::Status>(status), clock.wall(), {});
  EXPECT_EQ(std::ranges::count(text, '\n'), 1 + 1 + 1 + 10) << text;
}

TEST_F(StatusTextTest, IdleDaemonIsShort) {
  const json idle = {{"sync_in_progress", false},
                     {"current_sync", nullptr},
                     {"paused", false},
                     {"version", "0.1.0"},
                     {"queue", json::array()}};
  EXPECT_EQ(ctl::status_text(read<ctl::Status>(idle), clock.wall(), {}),
            "● nbasyncd 0.1.0, idle\n");
}

TEST_F(StatusTextTest, DotIsGreenWhenAllIsWellAndYellowWhenDataIsStale) {
  const ctl::Terminal colours{.is_terminal = true, .colour = true, .width = 80};
  auto status = busy_status();
  EXPECT_TRUE(
      ctl::status_text(read<ctl::Status>(status), clock.wall(), colours).starts_with("\x1b[33m●"));
  status["datasets"] = json::array();
  status["upstream"] = json::array();
  EXPECT_TRUE(
      ctl::status_text(read<ctl::Status>(status), clock.wall(), colours).starts_with("\x1b[33m●"));
  status["configuration"] = {{"error", nullptr}, {"restart_needed", nullptr}};
  EXPECT_TRUE(
      ctl::status_text(read<ctl::Status>(status), clock.wall(), colours).starts_with("\x1b[32m●"));
}

TEST_F(StatusTextTest, PausedSchedulesAreSaid) {
  EXPECT_TRUE(ctl::status_text(read<ctl::Status>({{"paused", true}, {"version", "0.1.0"}}),
                               clock.wall(), {})
                  .starts_with("● nbasyncd 0.1.0, idle, schedules paused\n"));
}

TEST_F(StatusTextTest, LinesFitEightyColumns) {
  auto status = busy_status();
  status["recent_syncs"][0]["triggered_by"] = std::string("schedule:") + std::string(90, 'x');
  status["upstream"][0]["state"] = std::string(200, 'y');
  status["configuration"]["error"] = std::string(40, 'x') + ' ' + std::string(40, 'y');
  status["queue"][1]["triggered_by"] = std::string(90, 'z');
  std::istringstream lines(ctl::status_text(read<ctl::Status>(status), clock.wall(),
                                            {.is_terminal = true, .colour = false, .width = 80}));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(ctl::width_of(line), 80U) << line;
}

}  // namespace
}  // namespace nbasync::testing
