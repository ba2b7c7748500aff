#include "unit/control/api_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

using RoutesAnswerTest = ApiFixture;

TEST_F(RoutesAnswerTest, RunsAreListedNewestFirstAndFiltered) {
  ask("POST", kSync, kTeams);
  ask("POST", kSync, R"({"sync_type":"schedule"})");
  const auto runs = ask("GET", "/api/v1/runs?limit=1")->json()["runs"];
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0]["sync_type"], "schedule");
  EXPECT_EQ(ask("GET", "/api/v1/runs?type=teams&status=success")->json()["runs"].size(), 1U);
  EXPECT_EQ(ask("GET", "/api/v1/runs?status=failed")->json()["runs"].size(), 0U);
}

TEST_F(RoutesAnswerTest, ThatThereIsNoDataYetIsNotToldAsIfThereWereNone) {
  std::string story = "the first sync is under way";
  doors_.first_sync = [&] { return story; };
  for (const auto* route : {"/api/games", "/api/teams", "/api/schedule", "/api/game-logs"}) {
    const auto reply = ask("GET", route);
    EXPECT_EQ(reply->status(), 503) << route;
    EXPECT_EQ(reply->json()["code"], "first-sync");
    EXPECT_EQ(reply->json()["detail"], "there is no data yet: the first sync is under way");
    EXPECT_NE(reply->header("Retry-After"), "");
  }
  ask("POST", kSync, kTeams);
  EXPECT_EQ(ask("GET", "/api/teams")->status(), 200) << "what there is, is told";
  EXPECT_EQ(ask("GET", "/api/games")->status(), 503);
  story.clear();
  EXPECT_EQ(ask("GET", "/api/games")->json()["count"], 0);
}

TEST_F(RoutesAnswerTest, WrongParametersAreNamed) {
  for (const auto& [target, word] : std::vector<std::pair<std::string, std::string>>{
           {"/api/v1/runs?limit=0", "limit"},
           {"/api/v1/runs?limit=1000001", "limit"},
           {"/api/v1/runs?limit=-1", "limit"},
           {"/api/v1/runs?limit=5&limit=6", "twice"},
           {"/api/v1/runs?limits=5", "did you mean 'limit'?"},
           {"/api/v1/runs?status=good", "status"},
           {"/api/v1/status?x=1", "known are: recent"},
           {"/api/teams?x=1", "there are none here"},
           {"/api/v1/status?recent=21", "is not within 1 and 20"},
           {"/api/games?date=2026-02-30", "2026-01-15"},
           {"/api/games?date=today", "date"},
           {"/api/team-stats?season=2025-27", "2025-26"},
           {"/api/team-stats?split=neutral", "split"},
           {"/api/game-logs?team=Boston", "three letters"},
           {"/api/game-logs?limit=many", "limit"},
           {"/api/schedule?from=x", "from"},
           {"/api/v1/runs/x?wait=soon", "wait"},
           {"/api/v1/runs/x?wait=2h", "at most 1h"}}) {
    const auto reply = ask("GET", target);
    EXPECT_EQ(reply->status(), 400) << target;
    EXPECT_EQ(reply->json()["code"], "invalid-argument") << target;
    EXPECT_THAT(reply->json()["detail"].get<std::string>(), HasSubstr(word)) << target;
  }
}

TEST_F(RoutesAnswerTest, RunThatIsNotThereIsNotFound) {
  EXPECT_EQ(ask("GET", "/api/v1/runs/none")->status(), 404);
  EXPECT_EQ(ask("GET", "/api/v1/runs/none?wait=5")->status(), 404);
  EXPECT_EQ(ask("DELETE", "/api/v1/runs/none")->status(), 404);
  EXPECT_EQ(ask("DELETE", "/api/v1/runs/none")->json()["code"], "unknown-run");
}

TEST_F(RoutesAnswerTest, LongPollAnswersAtTheEndOfTheRun) {
  send("POST", kSync, kTeams);
  const auto poll = send("GET", "/api/v1/runs/" + service_.current()->run_id + "?wait=30s");
  executor_.turn();
  EXPECT_EQ(poll->status(), 0);
  executor_.drain();
  ASSERT_EQ(poll->status(), 200);
  EXPECT_EQ(poll->json()["status"], "success");
}

TEST_F(RoutesAnswerTest, LongPollThatIsOverTellsTheRunAsItStands) {
  send("POST", kSync, kTeams);
  const auto poll = send("GET", "/api/v1/runs/" + service_.current()->run_id + "?wait=2");
  pass(Duration(2001));
  ASSERT_EQ(poll->status(), 200);
  EXPECT_EQ(poll->json()["status"], "started");
}

TEST_F(RoutesAnswerTest, DataHasATagAndIsNotSentAgain) {
  ask("POST", kSync, kTeams);
  const auto teams = ask("GET", "/api/teams");
  ASSERT_EQ(teams->status(), 200);
  EXPECT_EQ(teams->json()["count"], 2);
  const auto tag = teams->header("ETag");
  for (const auto& known : {tag, "\"x\", " + tag, "W/" + tag, std::string("*")}) {
    request_.headers["if-none-match"] = known;
    const auto again = ask("GET", "/api/teams");
    EXPECT_EQ(again->status(), 304) << known;
    EXPECT_EQ(again->header("ETag"), tag);
    EXPECT_TRUE(again->reply->body.empty());
  }
  request_.headers["if-none-match"] = "\"other\"";
  EXPECT_EQ(ask("GET", "/api/teams")->status(), 200);
}

TEST_F(RoutesAnswerTest, DataIsAnsweredWhileASyncHoldsTheLock) {
  send("POST", kSync, kTeams);
  const auto teams = send("GET", "/api/teams");
  executor_.work_one();  // the sync
  executor_.work_one();
  executor_.turn();
  EXPECT_EQ(teams->status(), 200);
}

TEST_F(RoutesAnswerTest, LostTableIsAProblemAndNoMore) {
  {
    SQLite::Database db(database_, SQLite::OPEN_READWRITE);
    db.exec("DROP TABLE nba_teams");
  }
  EXPECT_EQ(ask("GET", "/api/teams")->status(), 500);
  EXPECT_EQ(ask("GET", "/api/teams")->json()["code"], "storage");
  EXPECT_EQ(ask("GET", "/api/schedule")->status(), 200);
}

TEST_F(RoutesAnswerTest, WithoutASchedulerItsRoutesSaySo) {
  EXPECT_EQ(ask("POST", "/api/v1/pause")->status(), 503);
  EXPECT_EQ(ask("POST", "/api/v1/reload")->status(), 503);
  EXPECT_EQ(ask("GET", "/api/v1/schedules/x")->status(), 503);
  EXPECT_EQ(ask("GET", "/api/v1/schedules")->json()["schedules"].size(), 0U);
}

TEST_F(RoutesAnswerTest, SchedulerIsAskedThroughTheDoors) {
  std::vector<std::string> calls;
  doors_.pause = [&](const std::string& by) { calls.push_back("pause by " + by); };
  doors_.resume = [&](const std::string& by) { calls.push_back("resume by " + by); };
  doors_.reload = [](const Doors::Done& reply) { reply(std::nullopt); };
  doors_.schedules = [] {
    return std::vector<protocol::ScheduleState>{
        {"nightly", "full", "daily", {}, {}, RunStatus::kSuccess, "", "because"}};
  };
  doors_.explain = [](const std::string& name) {
    if (name != "nightly") throw Error(Errc::kUnknownSchedule, "no such schedule");
    return protocol::Explanation{{"nightly", "full", "daily", {}, {}, {}, "", ""}, {"first"}, {}};
  };
  EXPECT_EQ(ask("POST", "/api/v1/pause")->json()["paused"], true);
  EXPECT_EQ(ask("POST", "/api/v1/resume")->json()["paused"], false);
  EXPECT_EQ(calls, (std::vector<std::string>{"pause by http", "resume by http"}));
  EXPECT_EQ(ask("POST", "/api/v1/reload")->json()["success"], true);
  EXPECT_EQ(ask("GET", "/api/v1/schedules")->json()["schedules"][0]["why"], "because");
  EXPECT_EQ(ask("GET", "/api/v1/schedules/nightly")->json()["reasons"][0], "first");
  EXPECT_EQ(ask("GET", "/api/v1/schedules/weekly")->status(), 404);
}

TEST_F(RoutesAnswerTest, FailedReloadTellsTheError) {
  doors_.reload = [](const Doors::Done& reply) {
    reply(Error(Errc::kBadConfiguration, "nbasyncd.yaml:3:5: unknown key"));
  };
  const auto reload = ask("POST", "/api/v1/reload");
  EXPECT_EQ(reload->status(), 500);
  EXPECT_EQ(reload->json()["code"], "bad-configuration");
  EXPECT_EQ(reload->json()["detail"], "nbasyncd.yaml:3:5: unknown key");
}

TEST_F(RoutesAnswerTest, EventsNeedAnIdThatIsANumber) {
  EXPECT_NE(ask("GET", "/api/v1/events")->reply->stream, nullptr);
  request_.headers["last-event-id"] = "seven";
  EXPECT_EQ(ask("GET", "/api/v1/events")->status(), 400);
}

TEST_F(RoutesAnswerTest, HealthAndReadinessAreAnswered) {
  EXPECT_EQ(ask("GET", "/healthz")->status(), 200);
  EXPECT_EQ(ask("GET", "/readyz")->status(), 200);
}

TEST_F(RoutesAnswerTest, MetricsCountWhatHappened) {
  ask("POST", kSync, kTeams);
  send("POST", kSync, R"({"sync_type":"full"})");
  EXPECT_EQ(send("POST", kSync, R"({"sync_type":"full"})")->status(), 409);
  metrics_.answered(200);
  metrics_.decided(
      {clock_.wall(), "nightly", "full", DecisionKind::kSkipped, "its twin waits", ""});
  const auto text = ask("GET", "/metrics")->reply->body;
  for (const auto* line :
       {"nbasync_runs_total{status=\"success\",sync_type=\"teams\"} 1",
        "nbasync_rows_total{change=\"inserted\",dataset=\"teams\"} 2",
        "nbasync_lock_refusals_total{reason=\"sync-in-progress\"} 1", "nbasync_sync_in_progress 1",
        "nbasync_queue_length 0",
        "nbasync_last_success_timestamp_seconds{dataset=\"teams\"} 1768478400",
        "nbasync_run_duration_seconds_count{sync_type=\"teams\"} 1",
        "nbasync_lock_wait_seconds_count{sync_type=\"teams\"} 1",
        "nbasync_decisions_total{decision=\"skipped\"} 1",
        "nbasync_http_requests_total{code=\"200\"} 1", "nbasync_config_last_reload_successful 1",
        "nbasync_build_info{version=\""}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

}  // namespace
}  // namespace nbasync::testing
