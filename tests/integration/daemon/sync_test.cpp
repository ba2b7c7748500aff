#include <filesystem>

#include "integration/daemon/daemon_fixture.hpp"

namespace nbasync::testing {
namespace {

using SyncTest = DaemonFixture;

constexpr const char* kWholeSeason = "30|1231|2462|90";

TEST_F(SyncTest, FullSyncFillsEveryTableWithAtMostSixteenRequests) {
  start_daemon();
  EXPECT_EQ(client({"sync", "full"}), 0) << out_ << err_;
  EXPECT_EQ(row_counts(), kWholeSeason);
  EXPECT_LE(upstream_.count(), 19U);
  EXPECT_EQ(query("SELECT count(*) FROM league_averages"), "1");
  EXPECT_NE(query("SELECT count(*) FROM todays_games"), "0");
  EXPECT_EQ(query("SELECT sync_type, status, request_count FROM data_sync_log WHERE "
                  "run_id NOT LIKE '%/%'"),
            "full|success|19");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE run_id LIKE '%/%'"), "5");
}

// After the Cup's final, whose lines are asked for once a week when it is some days past.
TEST_F(SyncTest, WithThePlayersTheFirstIsAtMostTwentyFourRequestsAndALaterOneTwenty) {
  full_is_all();
  start_daemon();
  EXPECT_EQ(client({"sync", "full"}), 0) << out_ << err_;
  const auto first = upstream_.count();
  EXPECT_LE(first, 24U);
  EXPECT_EQ(client({"sync", "full"}), 0) << out_ << err_;
  EXPECT_LE(upstream_.count() - first, 20U);
}

TEST_F(SyncTest, SecondIdenticalSyncRewritesNoRowAndGrowsNoLog) {
  start_daemon();
  ASSERT_EQ(client({"sync", "full"}), 0) << out_ << err_;
  const auto rows = [&] {
    return query("SELECT max(synced_at), min(synced_at), count(*) FROM team_game_logs") + "\n" +
           query("SELECT max(updated_at), min(created_at), count(*) FROM games") + "\n" +
           query("SELECT max(synced_at), count(*) FROM team_season_stats") + "\n" +
           query("SELECT max(last_updated), count(*) FROM nba_teams") + "\n" +
           query("SELECT max(updated_at), count(*) FROM league_averages") + "\n" +
           query("SELECT * FROM todays_games");
  };
  const auto before = rows();
  using Words = std::vector<std::string>;
  for (const auto& words : {Words{"sync", "full"}, Words{"sync", "full", "--force"}}) {
    ASSERT_EQ(client(words), 0) << out_ << err_;
    EXPECT_EQ(rows(), before) << words.back();
    if (!asks_postgres()) {
      EXPECT_EQ(std::filesystem::file_size(database_.string() + "-wal"), 0U) << words.back();
    }
    EXPECT_EQ(query("SELECT inserted_count, updated_count, deleted_count FROM data_sync_log WHERE "
                    "sync_type = 'full' ORDER BY id DESC LIMIT 1"),
              "0|0|0");
  }
}

TEST_F(SyncTest, SeasonWithoutGamesIsNoReasonToDropOnesThatHaveSome) {
  start_daemon();
  ASSERT_EQ(client({"sync", "full"}), 0) << out_ << err_;
  for (const auto* fault : {"no-rows", "rename=PTS:POINTS", "cell=PTS:\"many\"", "narrow-row",
                            "html", "truncated", "reset", "empty", "duplicate-rows"}) {
    upstream_.set_fault("teamgamelogs_2025-26_Base", fault);
    EXPECT_EQ(client({"sync", "game_logs", "--force"}), 1) << fault;
    EXPECT_NE(err_.find("teamgamelogs"), std::string::npos) << fault << ": " << err_;
    EXPECT_EQ(row_counts(), kWholeSeason) << fault;
  }
  upstream_.clear_faults();
  EXPECT_EQ(client({"sync", "game_logs", "--force"}), 0) << err_;
}

TEST_F(SyncTest, SecondFullIsRefusedWithTheSentenceThatNamesTheHolder) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  auto first = spawn_client({"sync", "full"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  EXPECT_EQ(client({"sync", "full"}), 4);
  EXPECT_NE(err_.find("Another sync operation is already in progress: full started at 20"),
            std::string::npos)
      << err_;
  upstream_.release();
  EXPECT_EQ(first->wait(), 0) << first->err();
}

TEST_F(SyncTest, RequestsRunInTheOrderOfTheirArrival) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  auto first = spawn_client({"sync", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  EXPECT_EQ(client({"sync", "schedule", "--no-wait"}), 0) << err_;
  EXPECT_EQ(client({"sync", "game_logs", "--no-wait"}), 0) << err_;
  EXPECT_EQ(client({"sync", "full", "--if-busy", "queue", "--no-wait"}), 0) << err_;
  auto last = spawn_client({"sync", "todays_games", "--timeout", "60s"});
  upstream_.release();
  EXPECT_EQ(first->wait(), 0) << first->err();
  EXPECT_EQ(last->wait(), 0) << last->err();
  EXPECT_EQ(query("SELECT sync_type FROM data_sync_log WHERE run_id NOT LIKE '%/%' ORDER BY "
                  "started_at, id"),
            "teams\nschedule\ngame_logs\nfull\ntodays_games");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log a JOIN data_sync_log b ON a.id < b.id AND "
                  "a.run_id NOT LIKE '%/%' AND b.run_id NOT LIKE '%/%' WHERE a.completed_at > "
                  "b.started_at"),
            "0")
      << "two runs overlap";
}

TEST_F(SyncTest, WaitForTheLockEndsWithItsTimeout) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  auto first = spawn_client({"sync", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  EXPECT_EQ(client({"sync", "schedule", "--timeout", "50ms"}), 3) << err_;
  EXPECT_NE(err_.find("teams started at"), std::string::npos) << err_;
  upstream_.release();
  EXPECT_EQ(first->wait(), 0) << first->err();
}

TEST_F(SyncTest, RunCanBeCancelledAndItsDeadlineCancelsIt) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  auto first = spawn_client({"sync", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  ASSERT_EQ(client({"runs"}), 0);
  const auto run = query("SELECT run_id FROM data_sync_log");
  EXPECT_EQ(client({"cancel", run}), 0) << err_;
  EXPECT_EQ(first->wait(), 8) << first->err();
  EXPECT_EQ(query("SELECT status FROM data_sync_log"), "cancelled");
  EXPECT_EQ(client({"sync", "teams", "--run-timeout", "50ms"}), 3) << err_;
  EXPECT_EQ(query("SELECT status FROM data_sync_log ORDER BY id DESC LIMIT 1"), "timeout");
  EXPECT_EQ(client({"cancel", run}), 5) << err_;
}

TEST_F(SyncTest, DryRunChangesNothing) {
  start_daemon();
  EXPECT_EQ(client({"sync", "full", "--dry-run"}), 0) << err_;
  EXPECT_EQ(row_counts(), "0|0|0|0");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log"), "0");
}

TEST_F(SyncTest, OnceSyncsWithoutADaemonAndPrintsASummary) {
  EXPECT_EQ(once("full"), 0) << err_;
  EXPECT_EQ(row_counts(), kWholeSeason);
  EXPECT_NE(out_.find("game_logs"), std::string::npos);
  EXPECT_NE(out_.find("2462"), std::string::npos) << out_;
  EXPECT_EQ(query("SELECT DISTINCT triggered_by FROM data_sync_log"), "once");
}

TEST_F(SyncTest, OnceFailsWithTheStepThatFailedAndKeepsTheOthers) {
  upstream_.set_fault("leaguedashteamstats_2025-26_Advanced_Home", "rename=PACE:TEMPO");
  EXPECT_EQ(once("full"), 1);
  EXPECT_NE(out_.find("season_stats"), std::string::npos) << out_;
  EXPECT_EQ(row_counts(), "30|1231|2462|0") << "a step that fails does not stop the others";
  EXPECT_EQ(query("SELECT status, error_message LIKE 'step season_stats: %' FROM data_sync_log "
                  "WHERE sync_type = 'full'"),
            "failed|1");
}

}  // namespace
}  // namespace nbasync::testing
