#include "net/governor.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "support/fake_clock.hpp"

namespace nbasync {
namespace {

using Circuit = Governor::Circuit;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::FakeClock;

class GovernorTest : public ::testing::Test {
 protected:
  void fail(int gets) {
    for (int i = 0; i < gets; ++i) governor_.failed("a", clock_.steady());
  }
  Circuit circuit() const { return governor_.circuit("a", clock_.steady()); }
  Duration wait(const std::string& host = "a") const {
    return std::chrono::ceil<Duration>(governor_.next_try(host, clock_.steady()) - clock_.steady());
  }
  std::string state() const {
    return governor_.states(clock_.steady(), clock_.wall()).front().state;
  }

  FakeClock clock_;
  Governor governor_{GovernorOptions{}, {"a", "b"}};
};

TEST_F(GovernorTest, SpacesTheRequestsOfAHost) {
  EXPECT_EQ(wait(), Duration{0});
  governor_.started("a", clock_.steady());
  EXPECT_EQ(wait(), Duration{600});
  EXPECT_EQ(wait("b"), Duration{0});
  clock_.advance(Duration{599});
  EXPECT_EQ(wait(), Duration{1});
  clock_.advance(Duration{1});
  EXPECT_EQ(wait(), Duration{0});
}

TEST_F(GovernorTest, OpensTheCircuitAfterThreeFailedGetsInARow) {
  fail(2);
  EXPECT_EQ(circuit(), Circuit::kClosed);
  governor_.succeeded("a");
  fail(2);
  EXPECT_EQ(circuit(), Circuit::kClosed);
  fail(1);
  EXPECT_EQ(circuit(), Circuit::kOpen);
  EXPECT_EQ(governor_.circuit("b", clock_.steady()), Circuit::kClosed);
  EXPECT_EQ(wait(), minutes{5});
}

TEST_F(GovernorTest, HalfOpensAfterAWhileAndClosesWithASuccess) {
  fail(3);
  clock_.advance(minutes{5});
  EXPECT_EQ(circuit(), Circuit::kHalfOpen);
  EXPECT_EQ(wait(), Duration{0});
  governor_.succeeded("a");
  EXPECT_EQ(circuit(), Circuit::kClosed);
  fail(2);
  EXPECT_EQ(circuit(), Circuit::kClosed);
}

TEST_F(GovernorTest, DoublesTheTimeWithEachFailedTryUpToAnHour) {
  fail(3);
  for (const int expected : {5, 10, 20, 40, 60, 60}) {
    EXPECT_EQ(wait(), minutes{expected});
    clock_.advance(minutes{expected});
    EXPECT_EQ(circuit(), Circuit::kHalfOpen);
    fail(1);
    EXPECT_EQ(circuit(), Circuit::kOpen);
  }
}

TEST_F(GovernorTest, BeginsAgainWithTheShortTimeAfterASuccess) {
  fail(3);
  clock_.advance(minutes{5});
  fail(1);
  clock_.advance(minutes{10});
  governor_.succeeded("a");
  fail(3);
  EXPECT_EQ(wait(), minutes{5});
}

TEST_F(GovernorTest, LeavesAHostAloneForAsLongAsItAsks) {
  governor_.asked_to_wait("a", clock_.steady() + seconds{90});
  EXPECT_EQ(wait(), seconds{90});
  EXPECT_EQ(circuit(), Circuit::kClosed);
  EXPECT_EQ(state(), "open until 2026-01-15T12:01:30Z");
  clock_.advance(seconds{90});
  EXPECT_EQ(wait(), Duration{0});
  EXPECT_EQ(state(), "ok");
}

TEST_F(GovernorTest, SaysTheStateOfEveryHost) {
  const auto states = governor_.states(clock_.steady(), clock_.wall());
  ASSERT_EQ(states.size(), 2U);
  EXPECT_EQ(states[0].host, "a");
  EXPECT_EQ(states[1].host, "b");
  EXPECT_EQ(state(), "ok");
  fail(3);
  EXPECT_EQ(state(), "open until 2026-01-15T12:05:00Z");
  clock_.advance(minutes{5});
  EXPECT_EQ(state(), "half-open");
}

TEST_F(GovernorTest, IsReadableWhileItIsWritten) {
  std::jthread writer([this] { fail(1000); });
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(governor_.states(clock_.steady(), clock_.wall()).size(), 2U);
  }
}

}  // namespace
}  // namespace nbasync
