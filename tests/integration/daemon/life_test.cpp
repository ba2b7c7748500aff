#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>
#include <fstream>

#include "dbus/sdbus.hpp"
#include "integration/daemon/daemon_fixture.hpp"
#include "protocol/names.hpp"
#include "support/file_text.hpp"
#include "support/notify_socket.hpp"

namespace nbasync::testing {
namespace {

using std::chrono::seconds;

// The daemon's life: start, stop, crash, and the bus that comes and goes.
using LifeTest = DaemonFixture;

TEST_F(LifeTest, SigtermDuringASyncInterruptsItAndEndsTheDaemonCleanly) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  auto waiting = spawn_client({"sync", "full"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0) << daemon_->err();
  EXPECT_EQ(query("SELECT status FROM data_sync_log WHERE sync_type = 'full'"), "interrupted");
  EXPECT_EQ(row_counts(), "0|0|0|0");
  const auto status = waiting->wait();
  EXPECT_TRUE(status == 8 || status == 6) << *status << waiting->err();
}

TEST_F(LifeTest, StraySignalsEndNothing) {
  start_daemon();
  for (const int signal : {SIGUSR1, SIGUSR2}) daemon_->signal(signal);
  ASSERT_TRUE(daemon_->wait_for("signal ignored", 2)) << daemon_->err();
  daemon_->signal(SIGQUIT);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0) << daemon_->err();
}

TEST_F(LifeTest, WorkingDirectoryThatVanishesMakesNoDifference) {
  const auto folder = directory_.path() / "vanishes";
  std::filesystem::create_directory(folder);
  daemon_ = std::make_unique<Process>(std::vector<std::string>{
      "sh", "-c", "cd \"$0\" && exec \"$@\"", folder, NBASYNCD, "--config",
      "../" + config_.filename().string(), "--database", "../nba_data.db"});
  ASSERT_TRUE(daemon_->wait_for("bus connected")) << daemon_->err();
  std::filesystem::remove(folder);
  daemon_->signal(SIGHUP);
  ASSERT_TRUE(daemon_->wait_for("configuration reloaded restart_needed=\"\"")) << daemon_->err();
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  std::ofstream(config_, std::ios::app) << "seson: 2024-25\n";
  daemon_->signal(SIGHUP);
  ASSERT_TRUE(daemon_->wait_for("configuration not reloaded")) << daemon_->err();
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
}

TEST_F(LifeTest, DaemonWithoutWorkEndsCleanlyOnSigterm) {
  start_daemon();
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0) << daemon_->err();
}

TEST_F(LifeTest, StandardErrorThatNobodyReadsHoldsUpNothing) {
  NotifySocket manager;  // what the log cannot tell
  // A pipe that is full before the first line.
  daemon_ = std::make_unique<Process>(std::vector<std::string>{
      "sh", "-c",
      "mkfifo \"$0\" && exec 3<>\"$0\" && head -c 65536 /dev/zero >&3 && exec \"$@\" 2>&3",
      directory_.path() / "pipe", NBASYNCD, "--config", config_.string(), "--log-level", "debug"});
  ASSERT_TRUE(manager.wait_for("READY=1"));
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  ASSERT_EQ(client({"status"}), 0) << err_;
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0);
  EXPECT_EQ(query("SELECT status FROM data_sync_log"), "success");
}

TEST_F(LifeTest, KillAtAnyRequestLeavesTablesWholeAndTheNextStartClean) {
  for (const std::size_t requests : {1U, 3U, 4U, 9U, 14U, 19U}) {
    start_daemon();
    const auto already = upstream_.count();
    ASSERT_EQ(client({"sync", "full", "--force", "--no-wait"}), 0) << err_;
    ASSERT_TRUE(upstream_.wait_for_requests(already + requests));
    daemon_->signal(SIGKILL);
    EXPECT_EQ(daemon_->wait(), -SIGKILL);
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
    for (const auto* counts : {"nba_teams|30", "games|1231", "team_game_logs|2462",
                               "team_season_stats|90", "league_averages|1"}) {
      const std::string text = counts;
      const auto bar = text.find('|');
      const auto rows = query("SELECT count(*) FROM " + text.substr(0, bar));
      EXPECT_TRUE(rows == "0" || rows == text.substr(bar + 1)) << counts << ": " << rows;
    }
  }
  start_daemon();
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE status = 'started'"), "0");
  EXPECT_NE(query("SELECT count(*) FROM data_sync_log WHERE status = 'interrupted'"), "0");
  EXPECT_EQ(client({"sync", "full"}), 0) << err_;
}

TEST_F(LifeTest, BusThatDiesAndComesBackFindsTheSameDaemonAndItsRunGoesOn) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  ASSERT_EQ(client({"sync", "teams", "--no-wait"}), 0) << err_;
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  for (int round = 0; round < 3; ++round) {
    const auto connects = [&] {
      std::size_t count = 0;
      for (auto at = daemon_->err().find("bus connected"); at != std::string::npos;
           at = daemon_->err().find("bus connected", at + 1)) {
        ++count;
      }
      return count;
    };
    const auto before = connects();
    bus_.kill();
    bus_.start();
    const auto deadline = std::chrono::steady_clock::now() + seconds(10);
    while (connects() == before && std::chrono::steady_clock::now() < deadline) {
      daemon_->wait_for("never said", 1, std::chrono::milliseconds(100));
    }
    ASSERT_GT(connects(), before) << daemon_->err();
  }
  EXPECT_EQ(client({"status", "--json"}), 0) << err_;
  EXPECT_NE(out_.find("\"sync_in_progress\": true"), std::string::npos) << out_;
  upstream_.release();
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  EXPECT_EQ(query("SELECT group_concat(status) FROM data_sync_log"), "success,success");
}

TEST_F(LifeTest, DaemonStartsWithoutABusAndTakesTheNameWhenItComes) {
  bus_.kill();
  daemon_ = spawn_daemon();
  ASSERT_TRUE(daemon_->wait_for("bus not available")) << daemon_->err();
  EXPECT_EQ(client({"status"}), 6) << out_;
  bus_.start();
  ASSERT_TRUE(daemon_->wait_for("bus connected")) << daemon_->err();
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
}

TEST_F(LifeTest, NameThatAnotherProgramHasIsWaitedForAndTold) {
  auto other = sdbus::createSessionBusConnectionWithAddress(bus_.address());
  other->requestName(dbus::ServiceName(protocol::kBusName));
  daemon_ = spawn_daemon();
  ASSERT_TRUE(daemon_->wait_for("another program has the name org.nbasync.Sync1"))
      << daemon_->err();
  EXPECT_EQ(Process({NBASYNCCTL, "--socket", socket_, "sync", "teams"}).wait(), 0);
  other.reset();
  ASSERT_TRUE(daemon_->wait_for("bus connected", 1, seconds(2))) << daemon_->err();
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
}

TEST_F(LifeTest, SecondDaemonOnOneDatabaseSaysWhoHasItAndEnds) {
  start_daemon();
  auto second = spawn_daemon();
  EXPECT_EQ(second->wait(), 4);
  EXPECT_NE(second->err().find("pid " + std::to_string(daemon_->pid())), std::string::npos)
      << second->err();
  EXPECT_EQ(client({"sync", "teams"}), 0) << "the first is unharmed: " << err_;
}

TEST_F(LifeTest, OnceBesideADaemonSaysWhoHasTheLock) {
  start_daemon();
  EXPECT_EQ(once("teams"), 4);
  EXPECT_NE(err_.find("pid " + std::to_string(daemon_->pid())), std::string::npos) << err_;
}

TEST_F(LifeTest, OnceWaitsForAnotherOnceAsItsTypeDoes) {
  upstream_.set_fault("leaguestandingsv3", "hang");
  Process first({NBASYNCD, "--config", config_.string(), "--once", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  EXPECT_EQ(once("full"), 4);
  EXPECT_NE(err_.find("Another sync operation is already in progress: teams started at 20"),
            std::string::npos)
      << err_;
  Process second({NBASYNCD, "--config", config_.string(), "--once", "schedule"});
  upstream_.release();
  EXPECT_EQ(first.wait(), 0) << first.err();
  EXPECT_EQ(second.wait(), 0) << second.err();
}

TEST_F(LifeTest, HistoryOutlivesARestart) {
  start_daemon();
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  daemon_->signal(SIGTERM);
  ASSERT_EQ(daemon_->wait(), 0);
  start_daemon();
  ASSERT_EQ(client({"status", "--json"}), 0) << err_;
  EXPECT_NE(out_.find("\"sync_type\": \"teams\""), std::string::npos) << out_;
}

TEST_F(LifeTest, NewerDatabaseIsRefusedAndLeftAsItIs) {
  {
    SQLite::Database db(database_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("CREATE TABLE future (x); PRAGMA user_version = 999");
  }
  const auto bytes = [&] { return file_text(database_); };
  const auto before = bytes();
  auto daemon = spawn_daemon();
  EXPECT_EQ(daemon->wait(), 1);
  EXPECT_NE(daemon->err().find("999"), std::string::npos) << daemon->err();
  EXPECT_EQ(bytes(), before);
}

}  // namespace
}  // namespace nbasync::testing
