#include "system/cluster/two_machines.hpp"

namespace nbasync::testing {
namespace {

// A daemon that is cut off from the PostgreSQL.
class CutOffTest : public TwoMachinesTest {
 protected:
  void TearDown() override {
    if (!IsSkipped()) expect("ip link set cable up");
    TwoMachinesTest::TearDown();
  }
};

TEST_F(CutOffTest, AHolderWithoutItsNetworkIsReplacedAndComesBackAsAFollower) {
  expect("systemctl restart nbasyncd.service");
  await_status(two_, "Holder: two; one, follower");
  two_.start_endless_sync();
  expect("ip link set cable down");
  expect("nbasyncctl sync schedule --timeout 50s");
  await_status(one_, "Holder: one");
  two_.await("systemctl show -p StatusText nbasyncd.service | grep -q db.example");
  two_.upstream();
  expect("ip link set cable up");
  both_say("Holder: one; two, follower");
  EXPECT_EQ(query(kRuns), "full|success\nschedule|success");
  EXPECT_EQ(two_.property("NRestarts"), "0");
}

TEST_F(CutOffTest, BothStayWhileTheServerIsAwayAndGoOnWhenItIsBack) {
  expect("systemctl stop 'postgresql@*'");
  for (const auto* host : both_) {
    EXPECT_NE(host->run("nbasyncctl sync teams --timeout 1s").status, 0);
    host->await("systemctl show -p StatusText nbasyncd.service | grep -q db.example");
    host->expect("systemctl is-active nbasyncd.service");
  }
  start_server();
  for (const auto* host : both_) {
    host->await("nbasyncctl sync teams --timeout 20s");
    EXPECT_EQ(host->property("NRestarts"), "0");
  }
}

}  // namespace
}  // namespace nbasync::testing
