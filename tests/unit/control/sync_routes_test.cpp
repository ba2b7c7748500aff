#include "unit/control/api_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

using SyncRoutesTest = ApiFixture;

TEST_F(SyncRoutesTest, AnswerIsHeldBackUntilTheRunHasEnded) {
  const auto sync = send("POST", kSync, kTeams);
  EXPECT_EQ(sync->status(), 0);
  executor_.drain();
  ASSERT_EQ(sync->status(), 200) << sync->reply->body;
  const auto body = sync->json();
  EXPECT_EQ(body["success"], true);
  EXPECT_EQ(body["total_records"], 2);
  EXPECT_EQ(body["counts"], (nlohmann::json{{"teams", 2}}));
  EXPECT_EQ(body["disposition"], "started");
  EXPECT_EQ(body["status"], "success");
  EXPECT_TRUE(body["duration_seconds"].is_number());
  EXPECT_EQ(body["run_id"].get<std::string>().size(), 36U);
  EXPECT_EQ(sync->times, 1);
}

TEST_F(SyncRoutesTest, AsyncIsAnsweredAtAdmissionWithWhereToLook) {
  const auto sync = send("POST", kSync, R"({"sync_type":"teams","async":true})");
  ASSERT_EQ(sync->status(), 202);
  const auto place = "/api/v1/runs/" + sync->json()["run_id"].get<std::string>();
  EXPECT_EQ(sync->header("Location"), place);
  EXPECT_EQ(sync->json(), (nlohmann::json{{"success", true},
                                          {"run_id", sync->json()["run_id"]},
                                          {"disposition", "started"},
                                          {"status_endpoint", place}}));
  executor_.drain();
  EXPECT_EQ(ask("GET", place)->json()["status"], "success");
}

TEST_F(SyncRoutesTest, BusyLockIsAConflictThatNamesTheHolder) {
  const auto first = send("POST", kSync, kTeams);
  clock_.advance(Duration(1500));
  const auto second = send("POST", kSync, R"({"sync_type":"full"})");
  ASSERT_EQ(second->status(), 409);
  EXPECT_EQ(second->reply->content_type, "application/problem+json");
  const auto body = second->json();
  EXPECT_EQ(body["success"], false);
  EXPECT_EQ(body["code"], "sync-in-progress");
  EXPECT_EQ(body["status"], 409);
  EXPECT_EQ(body["title"], "Conflict");
  EXPECT_THAT(body["detail"].get<std::string>(),
              StartsWith("Another sync operation is already in progress: teams started at "
                         "2026-01-15T12:00:00Z"));
  EXPECT_EQ(body["error"], body["detail"]);
  EXPECT_EQ(body["queue_length"], 0);
  EXPECT_EQ(body["holder"]["sync_type"], "teams");
  EXPECT_EQ(body["holder"]["started_at"], "2026-01-15T12:00:00Z");
  EXPECT_EQ(body["holder"]["elapsed_seconds"], 1.5);
  EXPECT_EQ(body["holder"]["requester"], "http");
  EXPECT_EQ(body["holder"]["run_id"], service_.current()->run_id);
  executor_.drain();
  EXPECT_EQ(first->status(), 200);
}

TEST_F(SyncRoutesTest, WaitForTheLockThatIsOverIsAConflictToo) {
  send("POST", kSync, R"({"sync_type":"full"})");
  const auto waiting = send("POST", kSync, R"({"sync_type":"teams","timeout":2})");
  pass(Duration(1999));
  EXPECT_EQ(waiting->status(), 0);
  pass(Duration(2));
  ASSERT_EQ(waiting->status(), 409);
  EXPECT_EQ(waiting->json()["code"], "lock-timeout");
  EXPECT_EQ(waiting->json()["holder"]["sync_type"], "full");
  EXPECT_THAT(waiting->json()["detail"].get<std::string>(), HasSubstr("full started at"));
}

TEST_F(SyncRoutesTest, FullQueueIsUnavailableForAWhile) {
  send("POST", kSync, kTeams);
  for (const auto* type : {"schedule", "game_logs", "season_stats"}) {
    EXPECT_EQ(send("POST", kSync, std::string(R"({"sync_type":")") + type + "\"}")->status(), 0);
  }
  const auto refused = send("POST", kSync, R"({"sync_type":"todays_games"})");
  ASSERT_EQ(refused->status(), 503);
  EXPECT_EQ(refused->json()["code"], "queue-full");
  EXPECT_EQ(refused->json()["queue_length"], 3);
  EXPECT_NE(refused->header("Retry-After"), "");
}

TEST_F(SyncRoutesTest, FailureOfUpstreamIsABadGateway) {
  fetcher_.on_get([](const Request& request, std::stop_token) {
    throw Error(Errc::kUpstreamTimeout, std::string(request.endpoint()) + ": no answer");
  });
  const auto sync = ask("POST", kSync, kTeams);
  ASSERT_EQ(sync->status(), 502);
  EXPECT_EQ(sync->json()["success"], false);
  EXPECT_EQ(sync->json()["code"], "upstream-timeout");
  EXPECT_EQ(sync->json()["error"], "commonteamyears: no answer");
  EXPECT_EQ(sync->json()["run_id"], sync->json()["run"]["run_id"]);
}

TEST_F(SyncRoutesTest, FailureOfStorageIsOurs) {
  {
    SQLite::Database db(database_, SQLite::OPEN_READWRITE);
    db.exec("DROP TABLE nba_teams; CREATE VIEW nba_teams AS SELECT 1 AS team_id");
  }
  const auto sync = ask("POST", kSync, kTeams);
  EXPECT_EQ(sync->status(), 500) << sync->reply->body;
  EXPECT_EQ(sync->json()["code"], "storage");
}

TEST_F(SyncRoutesTest, CancelledRunIsToldToItsCaller) {
  const auto sync = send("POST", kSync, kTeams);
  const auto cancelled = send("DELETE", "/api/v1/runs/" + service_.current()->run_id);
  EXPECT_EQ(cancelled->status(), 202);
  executor_.drain();
  EXPECT_EQ(sync->status(), 409);
  EXPECT_EQ(sync->json()["code"], "cancelled");
}

TEST_F(SyncRoutesTest, UnknownTypeSuggestsTheNearest) {
  const auto sync = ask("POST", kSync, R"({"sync_type":"team"})");
  EXPECT_EQ(sync->status(), 400);
  EXPECT_EQ(sync->json()["code"], "unknown-type");
  EXPECT_THAT(sync->json()["detail"].get<std::string>(), HasSubstr("did you mean 'teams'?"));
}

TEST_F(SyncRoutesTest, TwoCallersOfOneRunAreBothAnswered) {
  send("POST", kSync, R"({"sync_type":"full"})");
  const auto first = send("POST", kSync, kTeams);
  const auto second = send("POST", kSync, kTeams);
  executor_.drain();
  EXPECT_EQ(first->json()["disposition"], "queued");
  EXPECT_EQ(second->json()["disposition"], "joined");
  EXPECT_EQ(first->json()["run_id"], second->json()["run_id"]);
}

TEST_F(SyncRoutesTest, DryRunTellsTheRowsAndChangesNone) {
  const auto sync = ask("POST", kSync, R"({"sync_type":"teams","dry_run":true})");
  ASSERT_EQ(sync->status(), 200) << sync->reply->body;
  EXPECT_EQ(sync->json()["disposition"], "dry-run");
  const auto changes = sync->json()["changes"];
  ASSERT_EQ(changes.size(), 4U) << "teams and standings";
  EXPECT_EQ(changes[0]["table"], "nba_teams");
  EXPECT_EQ(changes[0]["op"], "insert");
  EXPECT_EQ(changes[0]["key"], (nlohmann::json{{"team_id", changes[0]["new"]["team_id"]}}));
  EXPECT_FALSE(changes[0].contains("old"));
  EXPECT_EQ(sync->json()["changes_truncated"], false);
  EXPECT_EQ(ask("GET", "/api/teams")->json()["count"], 0);
  const auto run = ask("GET", "/api/v1/runs/" + sync->json()["run_id"].get<std::string>());
  EXPECT_EQ(run->json()["changes"], changes);
}

TEST_F(SyncRoutesTest, StatusHasThePredecessorsKeys) {
  const auto idle = ask("GET", "/api/admin/sync-status")->json();
  EXPECT_EQ(idle["sync_in_progress"], false);
  EXPECT_TRUE(idle["current_sync"].is_null());
  EXPECT_TRUE(idle["recent_syncs"].is_array());
  const auto sync = send("POST", kSync, kTeams);
  const auto busy = send("GET", "/api/v1/status")->json();
  EXPECT_EQ(busy["sync_in_progress"], true);
  for (const auto* key : {"run_id", "sync_type", "season", "started_at", "thread_id",
                          "triggered_by", "step", "percent"}) {
    EXPECT_TRUE(busy["current_sync"].contains(key)) << key;
  }
  EXPECT_EQ(busy["current_sync"]["triggered_by"], "http");
  executor_.drain();
  const auto done = ask("GET", "/api/admin/sync-status")->json()["recent_syncs"][0];
  for (const auto* key : {"run_id", "sync_type", "started_at", "duration_seconds", "thread_id",
                          "status", "records_synced", "triggered_by"}) {
    EXPECT_TRUE(done.contains(key)) << key;
  }
}

TEST_F(SyncRoutesTest, ShuttingDownRefusesAndAnswersWhatIsHeld) {
  const auto sync = send("POST", kSync, kTeams);
  service_.shut_down([] {});
  EXPECT_EQ(send("POST", kSync, kTeams)->status(), 503);
  executor_.drain();
  EXPECT_EQ(sync->status(), 503);
  EXPECT_EQ(sync->json()["code"], "interrupted");
}

}  // namespace
}  // namespace nbasync::testing
