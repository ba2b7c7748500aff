#include "ctl/view/run_text.hpp"

#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;

class RunTextTest : public VerbTest {};

TEST_F(RunTextTest, SummaryOfAFullRunHasALineAStep) {
  auto run = a_run("failed");
  run["sync_type"] = "full";
  auto step = a_run("failed");
  step["sync_type"] = "game_logs";
  step["inserted_count"] = 2460;
  step["error_code"] = "upstream-timeout";
  step["error_message"] = "stats.nba.com: no answer within 30 s";
  run["steps"] = json::array({a_run("success"), step});
  EXPECT_EQ(ctl::summary_text(read<RunRecord>(run), {}),
            "full 2025-26: failed in 2.5 s\n"
            "      Rows: 30 (1 inserted, 2 updated, 27 unchanged), 0 deleted\n"
            "  Upstream: 2 requests, 12.3 kB\n"
            "\n"
            "STEP       STATUS   INSERTED  UPDATED  UNCHANGED  DELETED   TIME\n"
            "teams      success         1        2         27        0  2.5 s\n"
            "game_logs  failed       2460        2         27        0  2.5 s\n"
            "game_logs: upstream-timeout: stats.nba.com: no answer within 30 s\n"
            "  look at the network; 'nbasyncctl doctor' asks each host\n");
}

TEST_F(RunTextTest, DetailsTellAllThatTheLogKnows) {
  auto run = a_run("failed");
  run["error_code"] = "storage-full";
  run["error_message"] = "disk full";
  EXPECT_EQ(ctl::details_text(read<RunRecord>(run), clock.wall(), {}),
            "       Run: 5f3a1b2c-0000-4000-8000-000000000001\n"
            "      Type: teams 2025-26\n"
            "    Status: failed\n"
            "        By: dbus\n"
            " Requested: 2026-01-15 11:59:00 UTC, 1 min ago\n"
            "   Started: 2026-01-15 11:59:01 UTC, 59 s ago\n"
            "     Ended: 2026-01-15 11:59:03 UTC, 56 s ago, took 2.5 s\n"
            "      Rows: 30 (1 inserted, 2 updated, 27 unchanged), 0 deleted\n"
            "  Upstream: 2 requests, 12.3 kB\n"
            "     Error: disk full\n"
            "      Code: storage-full\n"
            "        Do: free some room on the disk of the database\n");
}

TEST_F(RunTextTest, NotesOfARunAndOfItsStepsAreTold) {
  auto run = a_run("success");
  run["note"] = "two games are new";
  EXPECT_EQ(ctl::summary_text(read<RunRecord>(run), {}),
            "teams 2025-26: success in 2.5 s\n"
            "      Rows: 30 (1 inserted, 2 updated, 27 unchanged), 0 deleted\n"
            "  Upstream: 2 requests, 12.3 kB\n"
            "      Note: two games are new\n");
  auto full = a_run("success");
  full["steps"] = json::array({run});
  EXPECT_TRUE(ctl::details_text(read<RunRecord>(full), clock.wall(), {})
                  .ends_with("\nteams: two games are new\n"));
  run = a_run("success");
  run["error_message"] = "as 0.1 wrote it";
  EXPECT_TRUE(ctl::details_text(read<RunRecord>(run), clock.wall(), {})
                  .ends_with("\n      Note: as 0.1 wrote it\n"));
}

TEST_F(RunTextTest, TheNewestStartIsFirstAndAFailureHasItsCode) {
  auto older = a_run("failed");
  older["error_code"] = "upstream-blocked";
  older["started_at"] = "2026-01-15T11:00:00.000Z";
  EXPECT_EQ(ctl::runs_text(read<std::vector<RunRecord>>(json::array({older, a_run("success")})),
                           clock.wall(), {}),
            "RUN       WHEN      TYPE   STATUS                    ROWS   TIME  BY\n"
            "5f3a1b2c  59 s ago  teams  success                     30  2.5 s  dbus\n"
            "5f3a1b2c  1 h ago   teams  failed: upstream-blocked    30  2.5 s  dbus\n");
}

TEST_F(RunTextTest, RunThatStillRunsHasNoEnd) {
  auto run = a_run("started");
  run["completed_at"] = nullptr;
  run["duration_seconds"] = 0;
  const auto text = ctl::details_text(read<RunRecord>(run), clock.wall(), {});
  EXPECT_EQ(text.find("Ended"), std::string::npos);
}

TEST_F(RunTextTest, TableOfRunsHasTheBeginningsOfTheirIds) {
  auto waiting = a_run("started");
  waiting["started_at"] = nullptr;
  waiting["completed_at"] = nullptr;
  waiting["triggered_by"] = nullptr;
  EXPECT_EQ(ctl::runs_text(read<std::vector<RunRecord>>(json::array({a_run("success"), waiting})),
                           clock.wall(), {}),
            "RUN       WHEN       TYPE   STATUS   ROWS   TIME  BY\n"
            "5f3a1b2c  59 s ago   teams  success    30  2.5 s  dbus\n"
            "5f3a1b2c  1 min ago  teams  started    30\n");
}

}  // namespace
}  // namespace nbasync::testing
