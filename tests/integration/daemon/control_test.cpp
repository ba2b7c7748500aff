#include <gmock/gmock.h>

#include <set>
#include <thread>

#include "integration/daemon/control_fixture.hpp"
#include "support/file_text.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using ControlTest = ControlFixture;

std::set<std::string> keys_of(const json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

TEST_F(ControlTest, ThePredecessorsCommandsGetThePredecessorsAnswers) {
  start_daemon();
  const auto synced = json::parse(
      curl({"-X", "POST", "http://localhost/api/admin/sync", "-H", "Content-Type: application/json",
            "-d", R"({"sync_type": "full", "season": "2025-26"})"}));
  EXPECT_EQ(synced["success"], true) << synced;
  EXPECT_EQ(synced["total_records"], synced["records_synced"]);
  EXPECT_EQ(keys_of(synced["counts"]), (std::set<std::string>{"teams", "schedule", "season_stats",
                                                              "game_logs", "todays_games"}));
  EXPECT_GT(synced["duration_seconds"], 0);

  const auto started =
      json::parse(curl({"-X", "POST", "http://localhost/api/admin/sync", "-H",
                        "Content-Type: application/json", "-H", "Authorization: Bearer whatever",
                        "-d", R"({"sync_type": "full", "season": "2025-26", "async": true})"}));
  EXPECT_EQ(keys_of(started),
            (std::set<std::string>{"success", "run_id", "disposition", "status_endpoint"}));

  const auto place = started["status_endpoint"].get<std::string>();
  const auto run = json::parse(curl({"http://localhost" + place + "?wait=30s"}));
  EXPECT_EQ(run["status"], "success");
  EXPECT_EQ(run["triggered_by"], "http");

  const auto status = json::parse(curl({"http://localhost/api/admin/sync-status"}));
  EXPECT_EQ(status["sync_in_progress"], false);
  EXPECT_TRUE(status["current_sync"].is_null());
  ASSERT_EQ(status["recent_syncs"].size(), 2U);
  for (const auto* key : {"run_id", "sync_type", "started_at", "duration_seconds", "thread_id",
                          "status", "records_synced", "triggered_by"}) {
    EXPECT_TRUE(status["recent_syncs"][0].contains(key)) << key;
  }
  EXPECT_THAT(curl({"-i", "http://localhost/healthz"}), StartsWith("HTTP/1.1 200"));
}

TEST_F(ControlTest, SecondFullSyncIsRefusedWithTheSentence) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  const auto run_id = start_sync("full");
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  const auto refused = sync(R"({"sync_type":"full"})");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  const auto problem = json::parse(refused.body);
  EXPECT_THAT(problem["error"].get<std::string>(),
              StartsWith("Another sync operation is already in progress: full started at 20"));
  EXPECT_EQ(problem["success"], false);
  EXPECT_EQ(problem["holder"]["run_id"], run_id);
  EXPECT_THAT(problem["holder"]["requester"].get<std::string>(), StartsWith("http uid"));
  EXPECT_EQ(get("/api/v1/status")["current_sync"]["run_id"], run_id);
  EXPECT_EQ(ask("DELETE", "/api/v1/runs/" + run_id).status, 202);
  EXPECT_EQ(get("/api/v1/runs/" + run_id + "?wait=30s")["status"], "cancelled");
}

TEST_F(ControlTest, UpstreamsFailureIsABadGatewayThatNamesTheEndpoint) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "html");
  const auto failed = sync(R"({"sync_type":"teams"})");
  EXPECT_EQ(failed.status, 502);
  EXPECT_THAT(json::parse(failed.body)["error"].get<std::string>(), HasSubstr("leaguestandingsv3"));
}

TEST_F(ControlTest, HundredRequestsAtOnceRunOneAfterAnotherAndEachCallerIsAnswered) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  start_sync("teams");
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  std::vector<RawConnection> callers;
  for (int i = 0; i < 100; ++i) {
    // Alike ones would become one run: each has a deadline of its own.
    static constexpr const char* kTypes[] = {"teams", "schedule", "todays_games", "season_stats"};
    const auto body = std::string(R"({"sync_type":")") + kTypes[i % 4] +
                      R"(","timeout":"5m","run_timeout":)" + std::to_string(1000 + i) + "}";
    callers.push_back(connect());
    ASSERT_TRUE(callers.back().send("POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                                    std::to_string(body.size()) + "\r\n\r\n" + body));
  }
  EXPECT_EQ(get("/api/v1/status")["sync_in_progress"], true) << "others are served meanwhile";
  upstream_.release();
  int succeeded = 0;
  std::set<std::string> runs;
  for (auto& caller : callers) {
    const auto reply = caller.read_reply(seconds(60));
    succeeded += reply.status == 200 ? 1 : 0;
    if (reply.status == 200) runs.insert(json::parse(reply.body)["run_id"]);
  }
  EXPECT_EQ(succeeded, 100);
  EXPECT_GT(runs.size(), 1U);
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log a JOIN data_sync_log b ON a.id < b.id AND "
                  "a.run_id NOT LIKE '%/%' AND b.run_id NOT LIKE '%/%' WHERE a.completed_at > "
                  "b.started_at"),
            "0")
      << "two runs overlap";
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE status <> 'success'"), "0");
}

TEST_F(ControlTest, EventsAreToldAndReplayed) {
  start_daemon();
  auto listener = connect();
  ASSERT_TRUE(listener.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_THAT(listener.read_until("retry:"), HasSubstr("Content-Type: text/event-stream"));
  ASSERT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  const auto text = listener.read_until("event: finished");
  EXPECT_THAT(text, HasSubstr("event: started"));
  EXPECT_THAT(text, HasSubstr("event: finished"));
  const auto id = text.substr(text.find("id: ") + 4, 13);

  auto again = connect();
  ASSERT_TRUE(
      again.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\nLast-Event-ID: " + id + "\r\n\r\n"));
  const auto replayed = again.read_until("event: finished");
  EXPECT_THAT(replayed, HasSubstr("event: finished"));
  EXPECT_THAT(replayed, ::testing::Not(HasSubstr("id: " + id)));

  daemon_->signal(SIGTERM);
  EXPECT_TRUE(listener.wait_for_close());
  EXPECT_EQ(daemon_->wait(seconds(5)), 0) << daemon_->err();
}

TEST_F(ControlTest, CallersThatJoinAreCounted) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  start_sync("teams");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(sync(R"({"sync_type":"teams","if_busy":"join","async":true})").status, 202);
  }
  EXPECT_THAT(ask("GET", "/metrics").body,
              HasSubstr("nbasync_decisions_total{decision=\"joined\"} 2\n"));
}

TEST_F(ControlTest, ListenersAreLimitedAndOthersServed) {
  start_daemon();
  std::vector<RawConnection> listeners;
  for (int i = 0; i < 64; ++i) {
    listeners.push_back(connect());
    listeners.back().send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(listeners.back().read_until("retry:"), HasSubstr("200 OK"));
  }
  EXPECT_EQ(ask("GET", "/api/v1/events").status, 503);
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
}

TEST_F(ControlTest, SigtermDuringHeldRepliesAnswersThemAll) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  auto first = connect();
  first.send(
      "POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\n\r\n"
      R"({"sync_type":"teams"})");
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  auto second = connect();
  second.send(
      "POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 24\r\n\r\n"
      R"({"sync_type":"schedule"})");
  const auto run_id = get("/api/v1/status")["current_sync"]["run_id"].get<std::string>();
  auto poll = connect();
  poll.send("GET /api/v1/runs/" + run_id + "?wait=1h HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(ask("GET", "/healthz").status, 200);  // by now the poll has been taken
  daemon_->signal(SIGTERM);
  EXPECT_EQ(first.read_reply().status, 503);
  EXPECT_EQ(second.read_reply().status, 503);
  EXPECT_EQ(poll.read_reply().status, 200);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0) << daemon_->err();
  EXPECT_FALSE(std::filesystem::exists(socket_));
}

TEST_F(ControlTest, DryRunListsTheRowsOfAllSteps) {
  start_daemon();
  const auto reply = sync(R"({"sync_type":"teams","dry_run":true})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto run = json::parse(reply.body);
  EXPECT_EQ(run["changes"].size(), 60U) << "teams and standings";
  EXPECT_EQ(run["changes_truncated"], false);
  ASSERT_EQ(sync(R"({"sync_type":"full"})").status, 200);
  const auto nothing = json::parse(sync(R"({"sync_type":"full","dry_run":true})").body);
  EXPECT_EQ(nothing["changes"].size(), 0U);

  // The schedule and the game logs both tell a game's score.
  execute("UPDATE games SET home_score = 1 WHERE id = (SELECT max(id) FROM games)");
  const auto score =
      json::parse(sync(R"({"sync_type":"full","dry_run":true,"force":true})").body)["changes"];
  ASSERT_EQ(score.size(), 1U) << score;
  EXPECT_EQ(score[0]["op"], "update");
  EXPECT_EQ(score[0]["old"]["home_score"], 1);
}

TEST_F(ControlTest, SecondDaemonsSocketIsNotTakenFromTheFirst) {
  start_daemon();
  const auto other = directory_.path() / "other.yaml";
  std::ofstream(other) << "database: {path: " << directory_.path() / "other.db"
                       << "}\n"
                       << "control: {socket: " << socket_ << "}\ndbus: {bus: none}\n";
  Process second({NBASYNCD, "--config", other.string()});
  EXPECT_NE(second.wait(seconds(10)), 0);
  EXPECT_THAT(second.err(), HasSubstr("another process listens there"));
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
}

TEST_F(ControlTest, MetricsPassPromtool) {
  if (Process({"sh", "-c", "command -v promtool"}).wait() != 0) GTEST_SKIP() << "no promtool here";
  start_daemon();
  ASSERT_EQ(sync(R"({"sync_type":"full"})").status, 200);
  const auto file = directory_.path() / "metrics";
  std::ofstream(file) << ask("GET", "/metrics").body;
  Process check({"sh", "-c", "promtool check metrics < " + file.string()});
  EXPECT_EQ(check.wait(), 0);
  EXPECT_EQ(check.out() + check.err(), "");
  const std::string text = file_text(file);
  EXPECT_THAT(
      text, HasSubstr("nbasync_upstream_requests_total{host=\"" + upstream_.address() + "\"} 19"));
}

}  // namespace
}  // namespace nbasync::testing
