#include "system/machine.hpp"

namespace nbasync::testing {
namespace {

// The daemon's life under a real systemd.
using ServiceTest = Machine;

TEST_F(ServiceTest, PackageEnablesAndStartsDaemonAndSocket) {
  expect("systemctl is-enabled nbasyncd.service nbasyncd.socket");
  expect("systemctl is-active nbasyncd.service nbasyncd.socket");
  EXPECT_EQ(expect("stat -c '%a %U %G' /run/nbasync.sock"), "660 root nbasync");
  EXPECT_EQ(expect("stat -c '%a %U %G' /var/lib/nbasync"), "750 nbasync nbasync");
  EXPECT_EQ(property("StatusText"), "Idle; nothing is scheduled");
}

TEST_F(ServiceTest, UnitsAreWithoutMistakes) {
  const auto words = expect("systemd-analyze verify nbasyncd.service nbasyncd.socket");
  EXPECT_EQ(words.find("nbasync"), std::string::npos) << words;
}

TEST_F(ServiceTest, ProcessIsConfined) {
  const auto status = expect("cat /proc/" + property("MainPID") + "/status");
  for (const auto* line : {"CapEff:\t0000000000000000", "CapBnd:\t0000000000000000",
                           "NoNewPrivs:\t1", "Seccomp:\t2"}) {
    EXPECT_NE(status.find(line), std::string::npos) << status;
  }
  EXPECT_EQ(expect("stat -c %U /proc/" + property("MainPID")), "nbasync");
}

TEST_F(ServiceTest, StopEndsWithSuccessAndStartsAgain) {
  expect("systemctl stop nbasyncd.service 2>&1");
  EXPECT_EQ(property("Result"), "success");
  EXPECT_EQ(property("ExecMainStatus"), "0");
  expect("systemctl start nbasyncd.service");
  expect("nbasyncctl status");
}

TEST_F(ServiceTest, RestartIsAnotherProcess) {
  const auto pid = property("MainPID");
  expect("systemctl restart nbasyncd.service");
  EXPECT_NE(property("MainPID"), pid);
  expect("nbasyncctl status");
}

TEST_F(ServiceTest, FullSyncWritesTheSeason) {
  expect("nbasyncctl sync full");
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
  EXPECT_EQ(query("SELECT count(*) FROM team_game_logs"), "2462");
  EXPECT_EQ(query("SELECT status FROM data_sync_log WHERE sync_type = 'full'"), "success");
}

TEST_F(ServiceTest, GroupMayReadTheDatabaseAndStrangersMayNot) {
  expect("nbasyncctl sync teams");
  const std::string read =
      "sqlite3 -readonly /var/lib/nbasync/nba_data.db 'SELECT count(*) FROM nba_teams'";
  EXPECT_EQ(as("member", read).text, "30\n");
  EXPECT_NE(as("stranger", read).status, 0);
}

TEST_F(ServiceTest, StatusTellsTheSyncThatRuns) {
  start_endless_sync();
  await("systemctl show -p StatusText nbasyncd.service | grep -q \"Syncing full 2025-26\"");
}

TEST_F(ServiceTest, ReloadPutsAChangeInForceWithoutARestart) {
  const auto pid = property("MainPID");
  configure("60-more", "schedules: [{name: weekly, sync: full, cron: '@weekly'}]\n");
  expect("systemctl reload nbasyncd.service");
  EXPECT_NE(expect("nbasyncctl schedules").find("weekly"), std::string::npos);
  await("systemctl show -p StatusText nbasyncd.service | grep -q \"next weekly\"");
  EXPECT_EQ(property("MainPID"), pid);
  EXPECT_EQ(property("SubState"), "running");
}

TEST_F(ServiceTest, ReloadOfABrokenFileFailsTellsTheLineAndChangesNothing) {
  const auto pid = property("MainPID");
  configure("60-broken", "season: 2025-26\nseson: 2024-25\n");
  EXPECT_NE(run("systemctl reload nbasyncd.service").status, 0);
  await("systemctl show -p StatusText nbasyncd.service | grep -q \"60-broken.yaml:2\"");
  EXPECT_NE(expect("journalctl -u nbasyncd -p err -o cat").find("60-broken.yaml:2"),
            std::string::npos);
  EXPECT_EQ(property("MainPID"), pid);
  EXPECT_EQ(property("SubState"), "running");
  expect("nbasyncctl sync teams");
  expect("rm /etc/nbasync/conf.d/60-broken.yaml; systemctl reload nbasyncd.service");
  await("systemctl show -p StatusText nbasyncd.service | grep -qv broken");
}

TEST_F(ServiceTest, SighupReloadsToo) {
  configure("60-broken", "seson: 2024-25\n");
  expect("systemctl kill -s HUP nbasyncd.service");
  await("systemctl show -p StatusText nbasyncd.service | grep -q \"60-broken.yaml:1\"");
  EXPECT_EQ(property("SubState"), "running");
}

TEST_F(ServiceTest, JournalHasLinesWithTheirPriorities) {
  configure("60-broken", "seson: 2024-25\n");
  run("systemctl reload nbasyncd.service; nbasyncctl sync teams");
  const auto about = [&](const std::string& words, const std::string& priority) {
    return expect("journalctl -u nbasyncd -o json | grep '" + words +
                  "' | grep -c '\"PRIORITY\":\"" + priority + "\"'");
  };
  EXPECT_EQ(about("sync finished", "6"), "1");
  EXPECT_EQ(about("configuration not reloaded", "3"), "1");
}

TEST_F(ServiceTest, LogLevelCanBeChangedWhileItRuns) {
  expect("systemctl service-log-level nbasyncd debug");
  EXPECT_EQ(expect("systemctl service-log-level nbasyncd"), "debug");
  EXPECT_NE(as("stranger", "systemctl service-log-level nbasyncd info").status, 0);
  EXPECT_EQ(expect("systemctl service-log-level nbasyncd"), "debug");
}

}  // namespace
}  // namespace nbasync::testing
