#include <csignal>

#include "integration/daemon/client_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

// What nbasyncctl tells of the daemon, and how it changes the schedules.
class ClientReadTest : public EachWay {
 protected:
  ClientReadTest() {
    configure(
        "schedules:\n"
        "  - {name: nightly, sync: full, cron: '0 6 * * *', timezone: America/New_York}\n"
        "  - {name: live, sync: todays_games, live: {every: 30s}}\n");
  }
  void SetUp() override { start_daemon(); }
};

INSTANTIATE_TEST_SUITE_P(BackEnds, ClientReadTest, ::testing::Values(kOverSocket, kOverBus),
                         [](const auto& way) { return std::string(way.param); });

TEST_P(ClientReadTest, StatusIsAPageAndItsJsonTheContracts) {
  ASSERT_EQ(run({"sync", "teams"}), 0) << err_;
  EXPECT_EQ(run({"status"}), 0) << err_;
  EXPECT_THAT(out_,
              AllOf(HasSubstr("nbasyncd 0.2.0: 4 of 8 datasets are stale"), HasSubstr("nightly"),
                    ContainsRegex("schedule +never"), HasSubstr("teams  success")));
  const auto status = json_of({"status"});
  for (const auto* key : {"sync_in_progress", "current_sync", "recent_syncs", "queue", "schedules",
                          "datasets", "upstream", "paused", "version", "started_at"}) {
    EXPECT_TRUE(status.contains(key)) << key;
  }
  EXPECT_EQ(status["current_sync"], nullptr);
  EXPECT_EQ(run({"status", "-q"}), 0);
  EXPECT_THAT(out_, IsEmpty());
}

TEST_P(ClientReadTest, StatusThatIsWatchedIsToldAgainWhenItHasChanged) {
  const auto watcher = spawn({"status", "--watch"});
  ASSERT_TRUE(watcher->wait_for("schedule             never"));
  ASSERT_EQ(run({"sync", "teams"}), 0) << err_;
  EXPECT_TRUE(watcher->wait_for("teams  success")) << watcher->out() << watcher->err();
  watcher->signal(SIGINT);
  EXPECT_EQ(watcher->wait(), 130);
}

TEST_P(ClientReadTest, CheckExitsWithNineWhileDataIsStale) {
  EXPECT_EQ(run({"status", "--check"}), 9);
  EXPECT_THAT(out_, HasSubstr("teams is stale: no success yet"));
  EXPECT_EQ(json_of({"status", "--check"})["fresh"], false);
  ASSERT_EQ(run({"sync", "full"}), 0) << err_;
  EXPECT_EQ(run({"status", "--check"}), 0);
  EXPECT_EQ(out_, "all data is fresh\n");
  EXPECT_EQ(json_of({"status", "--check"}), (json{{"fresh", true}, {"stale", json::array()}}));
}

TEST_P(ClientReadTest, RunsAreListedNewestFirstAndFiltered) {
  EXPECT_EQ(run({"runs"}), 0);
  EXPECT_EQ(out_, "no runs\n");
  ASSERT_EQ(run({"sync", "teams"}), 0) << err_;
  ASSERT_EQ(run({"sync", "schedule"}), 0) << err_;
  upstream_.set_fault("leaguestandingsv3", "html");
  ASSERT_EQ(run({"sync", "teams"}), 1);
  const auto all = json_of({"runs"});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0]["status"], "failed");
  EXPECT_EQ(json_of({"runs", "--type", "teams", "--status", "success"}), json::array({all[2]}));
  EXPECT_EQ(json_of({"runs", "-n", "1"}), json::array({all[0]}));
  EXPECT_EQ(run({"runs", "-q", "--type", "schedule"}), 0);
  EXPECT_EQ(out_, all[1]["run_id"].get<std::string>() + "\n");
  EXPECT_EQ(run({"runs"}), 0);
  EXPECT_THAT(out_, AllOf(HasSubstr("RUN       WHEN"), HasSubstr("failed")));
}

TEST_P(ClientReadTest, SchedulesTellWhatIsNextAndWhy) {
  EXPECT_EQ(run({"schedules"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("NEXT"), HasSubstr("nightly  full"), HasSubstr("due at 20")));
  EXPECT_EQ(run({"schedules", "-q"}), 0);
  EXPECT_EQ(out_, "nightly\nlive\n");
  EXPECT_EQ(json_of({"schedules"}), json_of({"status"})["schedules"]);
  EXPECT_EQ(run({"explain", "nightly"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("cron '0 6 * * *' in America/New_York"), HasSubstr("Because")));
  EXPECT_EQ(json_of({"explain", "live"})["rule"], "live every 30s, from 10m before tip-off");
}

TEST_P(ClientReadTest, PauseAndResumeArePrintedAndInForce) {
  EXPECT_EQ(run({"pause"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("nbasyncctl resume"));
  EXPECT_EQ(json_of({"status"})["paused"], true);
  EXPECT_EQ(run({"schedules"}), 0);
  EXPECT_THAT(out_, HasSubstr("The schedules are paused"));
  EXPECT_EQ(json_of({"resume"}), (json{{"paused", false}}));
  EXPECT_EQ(json_of({"status"})["paused"], false);
  EXPECT_EQ(run({"pause", "-q"}), 0);
  EXPECT_EQ(out_, "");
}

TEST_P(ClientReadTest, ReloadPutsInForceOrTellsTheMistake) {
  configure("sync: {freshness: {teams: 90d}}\ndatabase: {readers: 2}\n");
  EXPECT_EQ(run({"reload"}), 78) << "database is there twice";
  EXPECT_THAT(err_, AllOf(HasSubstr("nbasyncd.yaml:"), HasSubstr("database")));
  EXPECT_EQ(run({"status"}), 0);
  EXPECT_THAT(out_, HasSubstr("the last reload failed"));
}

TEST_P(ClientReadTest, ReloadNamesWhatWaitsForARestart) {
  configure("log: {level: debug, format: json}\n");
  EXPECT_EQ(run({"reload"}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("the configuration is reloaded"), HasSubstr("log.format")));
  EXPECT_EQ(json_of({"reload"})["restart_needed"], json::array({"log.format"}));
}

TEST_P(ClientReadTest, VersionsOfBoth) {
  EXPECT_EQ(run({"version"}), 0) << err_;
  EXPECT_EQ(out_, "nbasyncctl 0.2.0\nnbasyncd   0.2.0\n");
  EXPECT_EQ(json_of({"version"}), (json{{"client", "0.2.0"}, {"daemon", "0.2.0"}}));
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0);
  EXPECT_EQ(run({"version"}), 0) << "its own is known";
  EXPECT_THAT(out_, HasSubstr("nbasyncd   unknown: cannot reach the daemon"));
}

TEST_P(ClientReadTest, UnknownWordsAreAnsweredWithTheNearest) {
  const struct {
    Words words;
    int status;
    const char* hint;
  } kTable[] = {
      {{"stauts"}, 2, "did you mean 'status'?"},
      {{"status", "--chek"}, 2, "did you mean '--check'?"},
      {{"sync", "teems"}, 2, "did you mean 'teams'?"},
      {{"sync", "teams", "--if-busy", "jon"}, 2, "did you mean 'join'?"},
      {{"sync", "teams", "--season", "2025"}, 2, "2025-26"},
      {{"sync", "teams", "--timeout", "5x"}, 2, "the units are"},
      {{"sync", "teams", "now"}, 2, "one word too many: 'now'"},
      {{"sync"}, 2, "TYPE is required"},
      {{"runs", "--status", "faild"}, 2, "did you mean 'failed'?"},
      {{"runs", "--type", "tems"}, 2, "did you mean 'teams'?"},
      {{"explain", "nigtly"}, 5, "did you mean 'nightly'?"},
      {{"run", "zzz"}, 5, "no run begins with 'zzz'"},
      {{"run", "00000000-0000-0000-0000-000000000000"}, 5, "there is no run"},
      {{"watch", "00000000-0000-0000-0000-000000000000"}, 5, "there is no run"},
      {{"cancel", "00000000-0000-0000-0000-000000000000"}, 5, "there is no run"},
  };
  for (const auto& [words, status, hint] : kTable) {
    EXPECT_EQ(run(words), status) << words.back();
    EXPECT_THAT(err_, AllOf(HasSubstr("nbasyncctl: "), HasSubstr(hint)));
    EXPECT_THAT(out_, IsEmpty());
  }
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log"), "0") << "nothing was queued";
}

TEST_P(ClientReadTest, WatchFollowsARunFromItsStartToItsEnd) {
  const auto watcher = spawn({"watch"});
  const auto lines = spawn({"watch", "--json"});
  // Who listens is not told; a run that comes before is missed, so there are some.
  while (!watcher->wait_for("finished", 1, std::chrono::milliseconds(20)) ||
         !lines->wait_for("finished", 1, std::chrono::milliseconds(20))) {
    ASSERT_EQ(run({"sync", "teams", "--force", "-q"}), 0) << err_;
  }
  watcher->signal(SIGINT);
  EXPECT_EQ(watcher->wait(), 130);
  EXPECT_THAT(watcher->out(), HasSubstr("finished  teams  success: rows 30 ("));
  lines->signal(SIGTERM);
  EXPECT_EQ(lines->wait(), 0) << "as a service would be stopped";
  const auto first = json::parse(lines->out().substr(0, lines->out().find('\n')));
  EXPECT_TRUE(first.contains("event") && first.contains("run_id")) << first;
}

}  // namespace
}  // namespace nbasync::testing
