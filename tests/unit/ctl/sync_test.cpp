#include <gmock/gmock.h>

#include <chrono>

#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

constexpr const char* kId = "5f3a1b2c-0000-4000-8000-000000000001";

class SyncVerbTest : public VerbTest {};

TEST_F(SyncVerbTest, ListensBeforeItAsksAndPrintsTheSummary) {
  client.ended = a_run("success");
  EXPECT_EQ(run({"sync", "teams"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("listen", "sync teams", std::string("follow ") + kId));
  EXPECT_EQ(out.str(),
            "teams 2025-26: success in 2.5 s\n"
            "      Rows: 30 (1 inserted, 2 updated, 27 unchanged), 0 deleted\n"
            "  Upstream: 2 requests, 12.3 kB\n");
  EXPECT_THAT(err.str(), IsEmpty());
}

TEST_F(SyncVerbTest, OptionsReachTheDaemon) {
  client.ended = a_run("success");
  run({"sync", "full", "--season", "2024-25", "--if-busy", "join", "--timeout", "1m30s",
       "--run-timeout", "2h", "--dry-run", "--force"});
  EXPECT_EQ(client.wish.sync_type, "full");
  EXPECT_EQ(client.wish.season, "2024-25");
  EXPECT_EQ(client.wish.if_busy, IfBusy::kJoin);
  EXPECT_EQ(client.wish.timeout, 90s);
  EXPECT_EQ(client.wish.run_timeout, 2h);
  EXPECT_TRUE(client.wish.dry_run);
  EXPECT_TRUE(client.wish.force);
  EXPECT_THAT(out.str(), HasSubstr("dry run: nothing was written"));
}

TEST_F(SyncVerbTest, WaitIsAnotherWordForQueue) {
  client.ended = a_run("success");
  run({"sync", "full", "--if-busy", "wait"});
  EXPECT_EQ(client.wish.if_busy, IfBusy::kQueue);
}

TEST_F(SyncVerbTest, OptionsLeftOutAreLeftToTheDaemon) {
  client.ended = a_run("success");
  run({"sync", "teams"});
  EXPECT_EQ(client.wish.timeout, std::nullopt);
  EXPECT_EQ(client.wish.run_timeout, std::nullopt);
  EXPECT_THAT(client.wish.season, IsEmpty());
  EXPECT_EQ(client.wish.if_busy, std::nullopt);
  EXPECT_FALSE(client.wish.force);
}

TEST_F(SyncVerbTest, NoWaitPrintsRunAndDisposition) {
  client.admission.disposition = Disposition::kQueued;
  EXPECT_EQ(run({"sync", "teams", "--no-wait"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("sync teams"));
  EXPECT_EQ(out.str(), std::string("teams: queued, run ") + kId + "\n");
}

TEST_F(SyncVerbTest, NoWaitAsJsonIsOneObject) {
  run({"sync", "teams", "--no-wait", "--json"});
  EXPECT_EQ(nlohmann::json::parse(out.str()),
            (nlohmann::json{{"run_id", kId}, {"disposition", "started"}}));
}

TEST_F(SyncVerbTest, JsonIsTheRunAndNothingElse) {
  client.ended = a_run("success");
  err_terminal.is_terminal = true;
  EXPECT_EQ(run({"sync", "teams", "--json"}), 0);
  EXPECT_EQ(nlohmann::json::parse(out.str()), a_run("success"));
  EXPECT_THAT(err.str(), IsEmpty());
}

TEST_F(SyncVerbTest, QuietPrintsNothing) {
  client.ended = a_run("success");
  err_terminal.is_terminal = true;
  EXPECT_EQ(run({"sync", "teams", "-q"}), 0);
  EXPECT_THAT(out.str() + err.str(), IsEmpty());
}

TEST_F(SyncVerbTest, EndOfTheRunIsTheExitCode) {
  const std::pair<const char*, int> table[] = {
      {"success", 0}, {"failed", 1}, {"timeout", 3}, {"cancelled", 8}, {"interrupted", 8}};
  for (const auto& [status, code] : table) {
    client.ended = a_run(status);
    EXPECT_EQ(run({"sync", "teams", "-q"}), code) << status;
  }
}

TEST_F(SyncVerbTest, FailureSaysWhyEvenWhenQuiet) {
  client.ended = a_run("failed");
  (*client.ended)["error_code"] = "upstream-blocked";
  (*client.ended)["error_message"] = "stats.nba.com: no answer; the address may be blocked";
  EXPECT_EQ(run({"sync", "teams", "-q"}), 1);
  EXPECT_EQ(err.str(),
            "nbasyncctl: teams failed: stats.nba.com: no answer; the address may be blocked\n");
}

TEST_F(SyncVerbTest, LockWaitThatWasOverIsATimeout) {
  client.ended = a_run("failed");
  (*client.ended)["error_code"] = "lock-timeout";
  EXPECT_EQ(run({"sync", "teams"}), 3);
}

TEST_F(SyncVerbTest, DetachingSaysHowToReattach) {
  client.ended = std::nullopt;
  EXPECT_EQ(run({"sync", "teams"}), 130);
  EXPECT_THAT(err.str(), HasSubstr(std::string("nbasyncctl watch ") + kId));
  EXPECT_THAT(err.str(), HasSubstr(std::string("nbasyncctl cancel ") + kId));
  EXPECT_THAT(out.str(), IsEmpty());
}

TEST_F(SyncVerbTest, VanishedDaemonIsUnreachableAndNamesTheRun) {
  client.follow_error = Error(Errc::kDaemonUnreachable, "gone");
  try {
    run({"sync", "teams"});
    FAIL() << "must throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kDaemonUnreachable);
    EXPECT_THAT(error.what(), HasSubstr(std::string("nbasyncctl run ") + kId));
  }
}

TEST_F(SyncVerbTest, ProgressIsOneLineRewrittenInPlace) {
  err_terminal = {.is_terminal = true, .colour = false, .width = 80};
  client.events = {{"progress",
                    {{"run_id", kId},
                     {"step", "teams"},
                     {"percent", 45},
                     {"requests_done", 3},
                     {"requests_expected", 9}}}};
  client.ended = a_run("success");
  run({"sync", "teams"});
  EXPECT_THAT(err.str(),
              HasSubstr("\r\x1b[Kteams  ▕████░░░░░░▏  45 %  teams  0 s  3 of 9 requests"));
  EXPECT_TRUE(err.str().ends_with("\r\x1b[K"));
  EXPECT_THAT(err.str(), ::testing::Not(HasSubstr("\n")));
}

TEST_F(SyncVerbTest, WaitingSaysItsPlaceAndMovesUp) {
  err_terminal = {.is_terminal = true, .colour = false, .width = 80};
  client.admission.disposition = Disposition::kQueued;
  const auto status = [](int position, const char* current) {
    return nlohmann::json{{"current_sync", {{"run_id", "other"}, {"sync_type", current}}},
                          {"queue", {{{"run_id", kId}, {"position", position}}}}};
  };
  client.statuses = {status(2, "full"), status(1, "schedule")};
  client.events = {{"finished", {{"run_id", "other"}, {"sync_type", "full"}}},
                   {"started", {{"run_id", kId}, {"sync_type", "teams"}}}};
  client.ended = a_run("success");
  run({"sync", "teams"});
  EXPECT_THAT(err.str(), HasSubstr("teams  waiting: 2nd in line behind full  0 s"));
  EXPECT_THAT(err.str(), HasSubstr("teams  waiting: next in line behind schedule  0 s"));
  EXPECT_THAT(err.str(), HasSubstr("teams  ▕░░░░░░░░░░▏   0 %  0 s"));
}

TEST_F(SyncVerbTest, RefusalGoesToTheCaller) {
  client.error = Error(Errc::kSyncInProgress, "Another sync operation is already in progress");
  EXPECT_THROW(run({"sync", "full"}), Error);
  EXPECT_THAT(out.str(), IsEmpty());
}

}  // namespace
}  // namespace nbasync::testing
