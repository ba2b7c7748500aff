#include "system/machine.hpp"

namespace nbasync::testing {
namespace {

// What the package does when it is upgraded, removed and purged.
class PackageTest : public Machine {
 protected:
  void TearDown() override {
    Machine::TearDown();
    if (!IsSkipped()) run("dpkg -i " NBASYNC_PACKAGE);
  }
};

TEST_F(PackageTest, UpgradeKeepsConfigurationAndDataAndRestartsTheDaemon) {
  expect("nbasyncctl sync teams");
  expect("echo '# mine' >>/etc/nbasync/nbasyncd.yaml");
  const auto pid = property("MainPID");
  expect("cd /tmp && rm -rf next && dpkg-deb -R " NBASYNC_PACKAGE
         " next && sed -i 's/^Version: .*/&+next/' next/DEBIAN/control && dpkg-deb -Znone -b next "
         "next.deb && "
         "dpkg --force-confdef --force-confold -i next.deb");
  EXPECT_NE(property("MainPID"), pid);
  EXPECT_EQ(expect("tail -n 1 /etc/nbasync/nbasyncd.yaml"), "# mine");
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
  expect("systemctl is-active nbasyncd.service nbasyncd.socket");
  expect("nbasyncctl sync teams");
}

TEST_F(PackageTest, RemoveKeepsWhatBelongsToTheUserAndPurgeDoesNot) {
  expect("nbasyncctl sync teams; echo secret >/etc/nbasync/token");
  expect("dpkg -r nbasync 2>&1");
  EXPECT_NE(run("systemctl is-active nbasyncd.service nbasyncd.socket").status, 0);
  expect(
      "test -e /var/lib/nbasync/nba_data.db -a -e /etc/nbasync/nbasyncd.yaml -a -e "
      "/etc/nbasync/token");
  expect("test ! -e /run/nbasync.sock -a ! -e /usr/sbin/nbasyncd");
  expect("dpkg -P nbasync 2>&1");
  expect("test ! -e /var/lib/nbasync -a ! -e /etc/nbasync");
  EXPECT_EQ(expect("find /etc/systemd /var/lib/systemd -name '*nbasync*'"), "");
}

TEST_F(PackageTest, ItsOwnTestsPass) {
  expect("sh " NBASYNC_SOURCE "/debian/tests/installed 2>&1");
}

}  // namespace
}  // namespace nbasync::testing
