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

// A mistake in the configuration at the start.
class MistakeTest : public FaultTest {
 protected:
  void SetUp() override {
    FaultTest::SetUp();
    configure("60-broken", "seson: 2024-25\n");
    expect("systemctl restart nbasyncd.service");
    pid_ = property("MainPID");
  }
  void mend() const { expect("rm /etc/nbasync/conf.d/60-broken.yaml"); }
  void expect_to_serve() const {
    expect("nbasyncctl sync teams");
    expect("nbasyncctl --system status");
    EXPECT_EQ(property("NRestarts"), "0");
    await("systemctl show -p StatusText nbasyncd.service | grep -q Idle");
  }

  std::string pid_;
};

TEST_F(MistakeTest, IsToldAtEveryDoorAndStartsNothingAgain) {
  for (const auto* words : {"nbasyncctl status", "nbasyncctl --system status",
                            "nbasyncctl sync full", "systemctl reload nbasyncd.service"}) {
    for (int i = 0; i < 5; ++i) EXPECT_NE(run(words).status, 0) << words;
  }
  const auto told = run("timeout 1 nbasyncctl status");
  EXPECT_EQ(told.status, 78);
  EXPECT_NE(told.text.find("60-broken.yaml:1"), std::string::npos) << told.text;
  EXPECT_EQ(run("timeout 1 nbasyncctl --system status").status, 78);
  await("systemctl show -p StatusText nbasyncd.service | grep -q \"60-broken.yaml:1\"");
  EXPECT_NE(expect("journalctl -u nbasyncd -p err -o cat").find("60-broken.yaml:1"),
            std::string::npos);
  EXPECT_EQ(property("MainPID"), pid_);
  EXPECT_EQ(property("SubState"), "running");
  mend();
  expect("systemctl restart nbasyncd.service");
  expect_to_serve();
}

TEST_F(MistakeTest, IsMendedByAReload) {
  mend();
  expect("systemctl reload nbasyncd.service");
  expect_to_serve();
  EXPECT_EQ(property("MainPID"), pid_);
}

TEST_F(MistakeTest, IsMendedByAReloadOverTheBus) {
  mend();
  expect("nbasyncctl --system reload");
  expect_to_serve();
  EXPECT_EQ(property("MainPID"), pid_);
}

TEST_F(MistakeTest, IsNoReasonToMissTheWatchdogOrAStop) {
  expect(
      "mkdir -p /run/systemd/system/nbasyncd.service.d; printf '[Service]\\nWatchdogSec=1\\n' "
      ">/run/systemd/system/nbasyncd.service.d/watchdog.conf; systemctl daemon-reload; "
      "systemctl restart nbasyncd.service");
  EXPECT_EQ(run("timeout 3 nbasyncctl status --watch").status, 78);
  EXPECT_EQ(run("timeout 3 journalctl -f -u nbasyncd").status, 124) << "longer than the watchdog";
  EXPECT_EQ(property("NRestarts"), "0");
  expect("systemctl stop nbasyncd.service 2>&1");
  EXPECT_EQ(property("Result"), "success");
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
