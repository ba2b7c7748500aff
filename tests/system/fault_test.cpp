#include <chrono>

#include "system/machine.hpp"

namespace nbasync::testing {
namespace {

// What goes wrong, and what systemd and the daemon make of it.
class FaultTest : public Machine {
 protected:
  std::string last_run() const {
    return query(
        "SELECT status FROM data_sync_log WHERE sync_type = 'full' ORDER BY rowid DESC LIMIT 1");
  }
};

TEST_F(FaultTest, KilledDaemonIsStartedAgainAndItsRunIsInterrupted) {
  start_endless_sync();
  expect("systemctl kill -s KILL nbasyncd.service");
  await("[ $(systemctl show --value -p NRestarts nbasyncd.service) = 1 ]");
  await("systemctl is-active --quiet nbasyncd.service");
  EXPECT_EQ(last_run(), "interrupted");
  upstream();
  expect("nbasyncctl sync full");
  EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
}

TEST_F(FaultTest, StopDuringADrippingDownloadTakesLessThanFiveSeconds) {
  start_endless_sync();
  const auto start = std::chrono::steady_clock::now();
  expect("systemctl stop nbasyncd.service 2>&1");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  EXPECT_EQ(property("Result"), "success");
  EXPECT_EQ(last_run(), "interrupted");
  EXPECT_EQ(query("SELECT count(*) FROM team_game_logs"), "0");
}

// A stopped process is a stalled loop; systemd lets it go on only to kill it.
TEST_F(FaultTest, WatchdogKillsAStalledDaemonAndStartsItAgain) {
  expect(
      "mkdir -p /run/systemd/system/nbasyncd.service.d; printf '[Service]\\nWatchdogSec=2\\n' "
      ">/run/systemd/system/nbasyncd.service.d/watchdog.conf; systemctl daemon-reload; "
      "systemctl restart nbasyncd.service");
  const auto pid = property("MainPID");
  expect("kill -STOP " + pid);
  await("[ $(systemctl show --value -p NRestarts nbasyncd.service) = 1 ]");
  await("systemctl is-active --quiet nbasyncd.service");
  EXPECT_NE(expect("journalctl -b -o cat").find("Watchdog timeout"), std::string::npos);
  EXPECT_NE(property("MainPID"), pid);
  expect("nbasyncctl sync teams");
}

TEST_F(FaultTest, WatchdogLetsALongSyncBe) {
  expect(
      "mkdir -p /run/systemd/system/nbasyncd.service.d; printf '[Service]\\nWatchdogSec=1\\n' "
      ">/run/systemd/system/nbasyncd.service.d/watchdog.conf; systemctl daemon-reload; "
      "systemctl restart nbasyncd.service");
  start_endless_sync();
  EXPECT_EQ(run("timeout 3 nbasyncctl watch").status, 124) << "the sync and the daemon go on";
  EXPECT_EQ(property("NRestarts"), "0");
}

TEST_F(FaultTest, BadConfigurationAtTheStartIsNotTriedAgain) {
  configure("60-broken", "seson: 2024-25\n");
  EXPECT_NE(run("systemctl restart nbasyncd.service").status, 0);
  EXPECT_EQ(property("ExecMainStatus"), "78");
  EXPECT_EQ(property("ActiveState"), "failed");
  EXPECT_EQ(property("NRestarts"), "0");
  EXPECT_NE(expect("journalctl -u nbasyncd -p err -o cat").find("60-broken.yaml:1"),
            std::string::npos);
}

TEST_F(FaultTest, DbusDaemonThatIsKilledAndComesBackFindsTheSameDaemon) {
  const auto pid = property("MainPID");
  start_endless_sync();
  expect("systemctl kill -s KILL dbus.service");
  await("busctl --quiet status org.nbasync.Sync1");
  EXPECT_EQ(expect("systemctl show --value -p MainPID nbasyncd.service"), pid);
  EXPECT_NE(expect("nbasyncctl --system status --json").find("\"sync_in_progress\": true"),
            std::string::npos);
}

TEST_F(FaultTest, DaemonStartsWithoutABusAndTakesItsNameLater) {
  expect("systemctl stop nbasyncd.service dbus.socket dbus.service 2>&1");
  expect("systemctl start nbasyncd.service");
  expect("nbasyncctl sync teams");
  EXPECT_NE(run("nbasyncctl --system status").status, 0);
  expect("systemctl start dbus.socket");
  await("busctl --quiet status org.nbasync.Sync1");
}

TEST_F(FaultTest, SecondDaemonOnOneDatabaseSaysWhoHasIt) {
  const auto pid = property("MainPID");
  configure("60-second", "control: {socket: /tmp/second.sock}\n");
  const auto second = as("nbasync", "/usr/sbin/nbasyncd");
  EXPECT_EQ(second.status, 4);
  EXPECT_NE(second.text.find("pid " + pid), std::string::npos) << second.text;
  EXPECT_EQ(as("nbasync", "/usr/sbin/nbasyncd --once teams").status, 4);
  expect("nbasyncctl sync teams");
}

}  // namespace
}  // namespace nbasync::testing
