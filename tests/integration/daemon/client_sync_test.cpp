#include <csignal>

#include "integration/daemon/client_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

// Syncs that are asked for, waited for, left and cancelled.
class ClientSyncTest : public EachWay {
 protected:
  void SetUp() override { start_daemon(); }
};

INSTANTIATE_TEST_SUITE_P(BackEnds, ClientSyncTest, ::testing::Values(kOverSocket, kOverBus),
                         [](const auto& way) { return std::string(way.param); });

TEST_P(ClientSyncTest, WaitsForTheEndAndTellsWhatChanged) {
  EXPECT_EQ(run({"sync", "teams"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("teams 2025-26: success in "),
                          HasSubstr("Rows: 30 (30 inserted, 0 updated, 0 unchanged), 0 deleted"),
                          HasSubstr("2 requests, ")));
  EXPECT_THAT(err_, IsEmpty()) << "no progress line without a terminal";
  EXPECT_EQ(run({"sync", "full"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("STEP"), HasSubstr("game_logs     success      2462")));
}

TEST_P(ClientSyncTest, JsonIsTheRunAndNothingElse) {
  const auto ended = json_of({"sync", "teams"});
  EXPECT_EQ(ended["status"], "success");
  EXPECT_EQ(ended["inserted_count"], 30);
  EXPECT_EQ(ended, json_of({"run", ended["run_id"].get<std::string>()}));
}

TEST_P(ClientSyncTest, QuietPrintsNothing) {
  EXPECT_EQ(run({"sync", "teams", "-q"}), 0);
  EXPECT_EQ(out_ + err_, "");
}

TEST_P(ClientSyncTest, WithoutWaitingPrintsTheRunsId) {
  EXPECT_EQ(run({"sync", "teams", "--no-wait"}), 0) << err_;
  EXPECT_THAT(out_, MatchesRegex("teams: started, run [0-9a-f-]{36}\n"));
  EXPECT_EQ(run({"watch", out_.substr(out_.size() - 37, 8)}), 0) << "its end is told: " << err_;
  const auto admission = json_of({"sync", "schedule", "--no-wait"});
  EXPECT_EQ(admission["disposition"], "started");
  EXPECT_EQ(run({"watch", admission["run_id"].get<std::string>()}), 0) << err_;
  EXPECT_EQ(run({"sync", "teams", "--no-wait", "-q"}), 0);
  EXPECT_THAT(out_, MatchesRegex("[0-9a-f-]{36}\n"));
}

TEST_P(ClientSyncTest, FailsAtOnceWhenBusyIfAskedTo) {
  const auto first = spawn_held();
  const std::string sentence = "Another sync operation is already in progress: teams started at 20";
  EXPECT_EQ(run({"sync", "schedule", "--if-busy", "fail"}), 4);
  EXPECT_THAT(err_, HasSubstr("nbasyncctl: " + sentence));
  EXPECT_EQ(run({"sync", "full"}), 4) << "which does not wait unless told to";
  EXPECT_THAT(err_, HasSubstr(sentence));
  EXPECT_THAT(out_, IsEmpty());
  upstream_.release();
  EXPECT_EQ(first->wait(), 0) << first->err();
}

TEST_P(ClientSyncTest, JoinsAnIdenticalSync) {
  const auto first = spawn_held();
  EXPECT_EQ(run({"sync", "teams", "--if-busy", "join", "--no-wait"}), 0) << err_;
  EXPECT_EQ(out_, "teams: joined, run " + newest_run() + "\n");
  const auto second = spawn({"sync", "teams", "--if-busy", "join"});
  ASSERT_TRUE(daemon_->wait_for("sync joined", 2));
  upstream_.release();
  EXPECT_EQ(second->wait(), 0) << second->err();
  EXPECT_EQ(first->wait(), 0) << first->err();
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log"), "1");
}

TEST_P(ClientSyncTest, WaitsInLineAndGivesUpInTime) {
  const auto first = spawn_held();
  EXPECT_EQ(run({"sync", "schedule", "--timeout", "50ms"}), 3);
  EXPECT_THAT(err_, HasSubstr("teams started at 20"));
  const auto queued =
      json_of({"sync", "schedule", "--if-busy", "queue", "--timeout", "60s", "--no-wait"});
  EXPECT_EQ(queued["disposition"], "queued");
  const auto status = json_of({"status"});
  EXPECT_EQ(status["current_sync"]["sync_type"], "teams");
  EXPECT_EQ(status["queue"][0]["run_id"], queued["run_id"]);
  upstream_.release();
  EXPECT_EQ(run({"watch", queued["run_id"].get<std::string>()}), 0) << err_;
  EXPECT_EQ(first->wait(), 0) << first->err();
}

TEST_P(ClientSyncTest, TellsWhyASyncFailed) {
  upstream_.set_fault("leaguestandingsv3", "html");
  EXPECT_EQ(run({"sync", "teams"}), 1);
  EXPECT_THAT(err_, AllOf(HasSubstr("nbasyncctl: teams failed: "), HasSubstr("leaguestandingsv3")));
  EXPECT_EQ(json_of({"sync", "teams"})["status"], "failed");
  EXPECT_EQ(run({"run", newest_run()}), 0) << "asking about it is no failure";
  EXPECT_THAT(out_, HasSubstr("Code: upstream-"));
  EXPECT_EQ(run({"watch", newest_run()}), 1);
}

TEST_P(ClientSyncTest, CancelEndsItForAllWhoWait) {
  const auto first = spawn_held();
  const auto watcher = spawn({"watch", newest_run()});
  EXPECT_EQ(run({"cancel", newest_run().substr(0, 8)}), 0) << err_;
  EXPECT_EQ(first->wait(), 8);
  EXPECT_THAT(first->err(), HasSubstr("teams cancelled"));
  EXPECT_EQ(watcher->wait(), 8);
  EXPECT_EQ(run({"cancel", newest_run()}), 5) << "it is over";
  EXPECT_EQ(run({"sync", "teams", "--run-timeout", "50ms"}), 3) << err_;
}

TEST_P(ClientSyncTest, CtrlCDetachesAndSaysHowToAttachAgain) {
  const auto first = spawn_held();
  first->signal(SIGINT);
  EXPECT_EQ(first->wait(), 130);
  EXPECT_THAT(first->err(), AllOf(HasSubstr("The sync goes on without you."),
                                  HasSubstr("nbasyncctl watch " + newest_run())));
  const auto watcher = spawn({"watch", newest_run()});
  upstream_.release();
  EXPECT_EQ(watcher->wait(), 0) << watcher->err();
}

TEST_P(ClientSyncTest, DryRunCountsAndWritesNothing) {
  EXPECT_EQ(run({"sync", "teams", "--dry-run"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("30 inserted"), HasSubstr("nothing was written")));
  EXPECT_EQ(row_counts(), "0|0|0|0");
  const auto run = json_of({"sync", "teams", "--dry-run"});
  EXPECT_EQ(run["dry_run"], true);
  EXPECT_EQ(run["inserted_count"], 30);
  if (GetParam() == std::string(kOverSocket)) {
    ASSERT_EQ(run["changes"].size(), 60U) << "teams and standings";
    EXPECT_EQ(run["changes"][0]["table"], "nba_teams");
    EXPECT_EQ(run["changes_truncated"], false);
  } else {
    EXPECT_FALSE(run.contains("changes")) << "the bus has the counts only";
  }
  ASSERT_EQ(this->run({"sync", "full"}), 0) << err_;
  EXPECT_EQ(this->run({"sync", "full", "--dry-run", "--force"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("3826 unchanged"), HasSubstr("nothing was written")));
}

TEST_P(ClientSyncTest, AForcedSyncSharesNoRunWithOneThatIsNot) {
  const auto held = spawn_held();
  const auto waiting = json_of({"sync", "schedule", "--no-wait"})["run_id"];
  EXPECT_EQ(json_of({"sync", "schedule", "--no-wait"})["run_id"], waiting) << "twins share a run";
  const auto forced = json_of({"sync", "schedule", "--no-wait", "--force"})["run_id"];
  EXPECT_NE(forced, waiting);
  EXPECT_EQ(json_of({"sync", "schedule", "--no-wait", "--force"})["run_id"], forced);
  upstream_.release();
  EXPECT_EQ(held->wait(), 0) << held->err();
  EXPECT_EQ(run({"sync", "teams", "--force"}), 0) << err_;
}

TEST_P(ClientSyncTest, ADaemonThatEndsInterruptsAndOneThatDiesIsLost) {
  const auto first = spawn_held();
  daemon_->signal(SIGTERM);
  EXPECT_EQ(first->wait(), 8) << first->err();
  EXPECT_EQ(daemon_->wait(), 0);
  EXPECT_EQ(run({"status"}), 6);
  EXPECT_THAT(err_, HasSubstr("cannot reach the daemon"));

  start_daemon();
  const auto second = spawn_held();
  daemon_->signal(SIGKILL);
  EXPECT_EQ(second->wait(), 6);
  EXPECT_THAT(second->err(),
              AllOf(HasSubstr("lost the daemon during run "), HasSubstr("nbasyncctl run ")));
}

}  // namespace
}  // namespace nbasync::testing
