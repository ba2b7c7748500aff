#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <vector>

#include "cluster_fixture.hpp"
#include "support/rounds.hpp"

namespace nbasync::testing {
namespace {

using std::chrono::steady_clock;

// How long nobody syncs when the holder is told to stop. It prints figures; NBASYNC_HANDOVERS of
// them. How fast a machine is, no test asserts.
class HandoverTest : public ClusterTest {
 protected:
  void SetUp() override {
    ClusterTest::SetUp();
    poll_ = "1m";  // so the bell tells, or a try 250 ms later
    start_holder();
    start("two");
  }
  // From the signal until another has the lock.
  void hand_over() {
    auto& holder = *members_[0];
    auto& next = *members_[1];
    const auto begin = steady_clock::now();
    holder.process->signal(SIGTERM);
    ASSERT_TRUE(next.process->wait_for("the lock is taken")) << next.process->err();
    took_.push_back(std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count());
    EXPECT_EQ(holder.process->wait(), 0) << holder.process->err();
    start_again(holder);
    EXPECT_TRUE(holder.process->wait_for("another has the lock"));
    std::swap(members_[0], members_[1]);
  }
  void TearDown() override {
    std::ranges::sort(took_);
    if (took_.empty()) return;
    std::printf("%zu handovers: median %.0f ms, at most %.0f ms\n", took_.size(),
                took_[took_.size() / 2], took_.back());
  }

  unsigned handovers_ = from_environment("NBASYNC_HANDOVERS", 2);
  std::vector<double> took_;
};

TEST_F(HandoverTest, OfAnIdleHolder) {
  for (unsigned h = 0; h < handovers_ && !HasFailure(); ++h) hand_over();
}

TEST_F(HandoverTest, OfAHolderInARun) {
  for (unsigned h = 0; h < handovers_ && !HasFailure(); ++h) {
    const auto client = hold(*members_[0]);
    hand_over();
    EXPECT_EQ(client->wait(), exit_of(Errc::kInterrupted)) << client->err();
    EXPECT_TRUE(members_[0]->process->wait_for("status=success")) << members_[0]->process->err();
  }
}

}  // namespace
}  // namespace nbasync::testing
