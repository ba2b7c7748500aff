#include <gmock/gmock.h>

#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kRun = "5f3a1b2c-0000-4000-8000-000000000001";
constexpr const char* kTwin = "5f3a9999-0000-4000-8000-000000000002";

TEST_F(VerbTest, StatusAsJsonIsTheDaemonsAnswer) {
  client.statuses = {{{"current_sync", nullptr}, {"sync_in_progress", false}}};
  EXPECT_EQ(run({"status", "--json"}), 0);
  EXPECT_EQ(out.str(), "{\n  \"current_sync\": null,\n  \"sync_in_progress\": false\n}\n");
}

TEST_F(VerbTest, JsonHasWhatOnlyANewerClientWouldKnow) {
  auto newer = a_run("success");
  newer["of a newer daemon"] = {{"any", "thing"}};
  const json dataset{{"name", "teams"}, {"stale", true}, {"grade", "B"}};
  client.statuses = {{{"datasets", json::array({dataset})},
                      {"schedules", json::array({{{"name", "nightly"}, {"mood", "good"}}})},
                      {"configuration", {{"error", nullptr}, {"checked_at", "noon"}}}}};
  client.the_run = newer;
  client.the_runs = json::array({newer});
  client.explanation = {{"name", "nightly"}, {"mood", "good"}};
  client.ended = newer;
  client.events = {{"finished", {{"run_id", kRun}, {"run", newer}, {"mood", "good"}}}};
  const auto told = [this](std::vector<std::string> words) {
    out.str("");
    words.emplace_back("--json");
    run(std::move(words));
    return json::parse(out.str());
  };
  EXPECT_EQ(told({"status"}), client.statuses.front());
  EXPECT_EQ(told({"status", "--check"}), (json{{"fresh", false}, {"stale", {dataset}}}));
  EXPECT_EQ(told({"schedules"}), client.statuses.front()["schedules"]);
  EXPECT_EQ(told({"reload"}), client.statuses.front()["configuration"]);
  EXPECT_EQ(told({"run", kRun}), newer);
  EXPECT_EQ(told({"runs"}), client.the_runs);
  EXPECT_EQ(told({"explain", "nightly"}), client.explanation);
  EXPECT_EQ(told({"sync", "teams"}), newer);
  auto event = client.events.front().data;
  event["event"] = "finished";
  EXPECT_EQ(told({"watch", kRun}), event);
  client.events.clear();  // it was over before
  EXPECT_EQ(told({"watch", kRun})["run"], newer);
}

TEST_F(VerbTest, AnswerOfAnotherTypeIsAnErrorThatNamesTheKey) {
  client.the_run = a_run("success");
  client.the_run["thread_id"] = "seven";
  try {
    run({"run", kRun});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "the daemon's answer is not understood: 'thread_id' must be a number");
  }
}

TEST_F(VerbTest, RunsPassesItsFilter) {
  client.statuses = {{{"datasets", json::array({{{"name", "teams"}}})}}};
  EXPECT_EQ(run({"runs", "-n", "7", "--type", "teams", "--status", "failed"}), 0);
  EXPECT_EQ(client.filter.limit, 7U);
  EXPECT_EQ(client.filter.sync_type, "teams");
  EXPECT_EQ(client.filter.status, "failed");
  EXPECT_EQ(out.str(), "no runs\n");
}

TEST_F(VerbTest, RunsOfATypeThatTheDaemonDoesNotHaveAreAnError) {
  client.statuses = {{{"datasets", json::array({{{"name", "teams"}}})}}};
  try {
    run({"runs", "--type", "tems"});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kUnknownType);
    EXPECT_STREQ(error.what(), "--type: unknown sync type 'tems'; did you mean 'teams'?");
  }
  EXPECT_EQ(run({"runs", "--type", "full"}), 0);
  client.the_runs = json::array({a_run("success")});
  EXPECT_EQ(run({"runs", "--type", "of_a_predecessor"}), 0) << "its log has some";
}

TEST_F(VerbTest, RunsAsksForTwentyByDefault) {
  run({"runs"});
  EXPECT_EQ(client.filter.limit, 20U);
}

TEST_F(VerbTest, QuietRunsPrintsIdsOnly) {
  client.the_runs = json::array({a_run("success")});
  run({"runs", "-q"});
  EXPECT_EQ(out.str(), std::string(kRun) + "\n");
}

TEST_F(VerbTest, RunTakesTheBeginningOfAnId) {
  client.statuses = {{{"recent_syncs", json::array({a_run("success")})}}};
  client.the_run = a_run("success");
  EXPECT_EQ(run({"run", "5f3a1b2c"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("status", std::string("run ") + kRun));
}

TEST_F(VerbTest, WholeIdIsAskedForAtOnce) {
  client.the_run = a_run("failed");
  EXPECT_EQ(run({"run", kRun}), 0);  // the question was answered, however the run ended
  EXPECT_THAT(client.calls, ElementsAre(std::string("run ") + kRun));
}

TEST_F(VerbTest, BeginningIsLookedUpInTheLogWhenTheStatusDoesNotHaveIt) {
  client.the_runs = json::array({a_run("success")});
  EXPECT_EQ(run({"cancel", "5f3"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("status", "runs", std::string("cancel ") + kRun));
}

TEST_F(VerbTest, BeginningOfSeveralRunsIsRefused) {
  client.statuses = {{{"queue", {{{"run_id", kRun}}, {{"run_id", kTwin}}}}}};
  try {
    run({"cancel", "5f3a"});
    FAIL() << "must throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kInvalidArgument);
    EXPECT_THAT(error.what(), HasSubstr("2 runs begin with '5f3a'"));
  }
}

TEST_F(VerbTest, BeginningOfNoRunIsNotFound) {
  try {
    run({"run", "abc"});
    FAIL() << "must throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kUnknownRun);
  }
}

TEST_F(VerbTest, VersionTellsBothVersions) {
  EXPECT_EQ(run({"version"}), 0);
  EXPECT_EQ(out.str(), "nbasyncctl " NBASYNC_VERSION "\nnbasyncd   9.9.9\n");
}

TEST_F(VerbTest, VersionSaysThatTheDaemonIsNotReachable) {
  client.error = Error(Errc::kDaemonUnreachable, "cannot reach the daemon");
  EXPECT_EQ(run({"version"}), 0);
  EXPECT_EQ(out.str(),
            "nbasyncctl " NBASYNC_VERSION "\nnbasyncd   unknown: cannot reach the daemon\n");
}

TEST_F(VerbTest, VersionAsJsonHasNullForAnUnreachableDaemon) {
  client.error = Error(Errc::kDaemonUnreachable, "cannot reach the daemon");
  EXPECT_EQ(run({"version", "--json"}), 0);
  EXPECT_EQ(json::parse(out.str()), (json{{"client", NBASYNC_VERSION}, {"daemon", nullptr}}));
}

TEST_F(VerbTest, WatchPrintsEachEventAsALine) {
  client.events = {{"queued", {{"run_id", kRun}, {"sync_type", "teams"}}},
                   {"started", {{"run_id", kRun}, {"sync_type", "teams"}}},
                   {"progress", {{"run_id", kRun}, {"step", "teams"}, {"percent", 5}}},
                   {"finished",
                    {{"run_id", kRun},
                     {"sync_type", "teams"},
                     {"status", "success"},
                     {"run", a_run("success")}}}};
  EXPECT_EQ(run({"watch"}), 130);
  EXPECT_EQ(out.str(),
            "12:00:00  5f3a1b2c  queued    teams\n"
            "12:00:00  5f3a1b2c  started   teams\n"
            "12:00:00  5f3a1b2c  progress    5 %  teams\n"
            "12:00:00  5f3a1b2c  finished  teams  success: rows 30 (1 inserted, 2 updated, "
            "27 unchanged), 0 deleted, in 2.5 s\n");
}

TEST_F(VerbTest, WatchOnATerminalIsALineARunWithTheLineBeforeTheLockBelow) {
  out_terminal = {.is_terminal = true, .width = 100, .height = 24};
  client.statuses = {{{"queue",
                       {{{"run_id", kTwin},
                         {"sync_type", "schedule"},
                         {"position", 1},
                         {"requested_at", "2026-01-15T11:59:58Z"},
                         {"triggered_by", "dbus"}}}}}};
  client.events = {
      {"started", {{"run_id", kRun}, {"sync_type", "teams"}}},
      {"progress",
       {{"run_id", kRun},
        {"sync_type", "teams"},
        {"step", "teams"},
        {"percent", 50},
        {"requests_done", 1},
        {"requests_expected", 2}}},
      {"finished", {{"run_id", kRun}, {"sync_type", "teams"}, {"run", a_run("success")}}}};
  client.ticks = 0;
  EXPECT_EQ(run({"watch"}), 130);
  EXPECT_THAT(out.str(), HasSubstr("teams                ▕█████░░░░░▏  50 %  1 of 2 requests\n"
                                   "\x1b[K  11:59:58  " +
                                   std::string(kTwin).substr(0, 8) +
                                   "  schedule             waiting, next; by dbus"));
  EXPECT_THAT(out.str(), HasSubstr("✓ 11:59:03  5f3a1b2c  teams                30 rows, 1 new, 2 "
                                   "changed  2.5 s  dbus\n"));
}

TEST_F(VerbTest, WatchAsJsonIsALineAnEvent) {
  client.events = {{"progress", {{"run_id", kRun}, {"step", "teams"}, {"percent", 5}}}};
  run({"watch", "--json"});
  EXPECT_EQ(out.str(), std::string(R"({"event":"progress","percent":5,"run_id":")") + kRun +
                           R"(","step":"teams"})" + "\n");
}

TEST_F(VerbTest, WatchOfARunLeavesOutOthersAndEndsWithItsExitCode) {
  client.events = {{"started", {{"run_id", kTwin}, {"sync_type", "schedule"}}},
                   {"finished",
                    {{"run_id", kRun},
                     {"sync_type", "teams"},
                     {"status", "cancelled"},
                     {"run", a_run("cancelled")}}}};
  client.ended = a_run("cancelled");
  EXPECT_EQ(run({"watch", kRun}), 8);
  EXPECT_THAT(out.str(), HasSubstr("finished  teams  cancelled"));
  EXPECT_THAT(out.str(), ::testing::Not(HasSubstr("schedule")));
}

TEST_F(VerbTest, WatchOfARunThatIsOverTellsHowItEnded) {
  client.ended = a_run("failed");
  (*client.ended)["error_message"] = "no such host";
  EXPECT_EQ(run({"watch", kRun}), 1);
  EXPECT_THAT(out.str(), HasSubstr("finished  teams  failed"));
  EXPECT_THAT(out.str(), HasSubstr("; no such host\n"));
}

TEST_F(VerbTest, RunWithoutAnIdIsTheLastOne) {
  client.the_runs = json::array({a_run("success")});
  client.the_run = a_run("success");
  EXPECT_EQ(run({"run"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("runs", std::string("run ") + kRun));
  EXPECT_EQ(client.filter.limit, 1U);
}

TEST_F(VerbTest, LastIsTheLastOfItsType) {
  client.the_runs = json::array({a_run("success")});
  run({"runs", "--last", "teams"});
  EXPECT_EQ(client.filter.limit, 1U);
  EXPECT_EQ(client.filter.sync_type, "teams");
}

TEST_F(VerbTest, CancelSaysWhatItDid) {
  EXPECT_EQ(run({"cancel", kRun}), 0);
  EXPECT_THAT(out.str(), HasSubstr(kRun));
  EXPECT_THAT(err.str(), IsEmpty());
}

}  // namespace
}  // namespace nbasync::testing
