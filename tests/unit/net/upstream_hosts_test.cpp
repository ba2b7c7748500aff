#include "net/upstream_hosts.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "support/fake_clock.hpp"

namespace nbasync {
namespace {

using Circuit = CircuitBreaker::State;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::FakeClock;

class UpstreamHostsTest : public ::testing::Test {
 protected:
  UpstreamHostsTest() { hosts_.use({"a", "b"}); }
  void fail(int gets) {
    for (int i = 0; i < gets; ++i) hosts_.failed("a", clock_.steady());
  }
  Circuit circuit() const { return hosts_.circuit("a", clock_.steady()); }
  Duration wait(const std::string& host = "a") const {
    return std::chrono::ceil<Duration>(hosts_.next_try(host, clock_.steady()) - clock_.steady());
  }
  std::string state() const { return hosts_.states(clock_.steady(), clock_.wall()).front().state; }

  FakeClock clock_;
  UpstreamHosts hosts_;
};

TEST_F(UpstreamHostsTest, SpacesTheRequestsOfAHost) {
  EXPECT_EQ(wait(), Duration{0});
  hosts_.started("a", clock_.steady(), Duration{600});
  EXPECT_EQ(wait(), Duration{600});
  EXPECT_EQ(wait("b"), Duration{0});
  clock_.advance(Duration{599});
  EXPECT_EQ(wait(), Duration{1});
  clock_.advance(Duration{1});
  EXPECT_EQ(wait(), Duration{0});
}

TEST_F(UpstreamHostsTest, OpensTheCircuitAfterThreeFailedGetsInARow) {
  fail(2);
  EXPECT_EQ(circuit(), Circuit::kClosed);
  hosts_.succeeded("a");
  fail(2);
  EXPECT_EQ(circuit(), Circuit::kClosed);
  fail(1);
  EXPECT_EQ(circuit(), Circuit::kOpen);
  EXPECT_EQ(hosts_.circuit("b", clock_.steady()), Circuit::kClosed);
  EXPECT_EQ(wait(), minutes{5});
}

TEST_F(UpstreamHostsTest, HalfOpensAfterAWhileAndClosesWithASuccess) {
  fail(3);
  clock_.advance(minutes{5});
  EXPECT_EQ(circuit(), Circuit::kHalfOpen);
  EXPECT_EQ(wait(), Duration{0});
  hosts_.succeeded("a");
  EXPECT_EQ(circuit(), Circuit::kClosed);
  fail(2);
  EXPECT_EQ(circuit(), Circuit::kClosed);
}

TEST_F(UpstreamHostsTest, DoublesTheTimeWithEachFailedTryUpToAnHour) {
  fail(3);
  for (const int expected : {5, 10, 20, 40, 60, 60}) {
    EXPECT_EQ(wait(), minutes{expected});
    clock_.advance(minutes{expected});
    EXPECT_EQ(circuit(), Circuit::kHalfOpen);
    fail(1);
    EXPECT_EQ(circuit(), Circuit::kOpen);
  }
}

TEST_F(UpstreamHostsTest, BeginsAgainWithTheShortTimeAfterASuccess) {
  fail(3);
  clock_.advance(minutes{5});
  fail(1);
  clock_.advance(minutes{10});
  hosts_.succeeded("a");
  fail(3);
  EXPECT_EQ(wait(), minutes{5});
}

TEST_F(UpstreamHostsTest, LeavesAHostAloneForAsLongAsItAsks) {
  hosts_.asked_to_wait("a", clock_.steady() + seconds{90});
  EXPECT_EQ(wait(), seconds{90});
  EXPECT_EQ(circuit(), Circuit::kClosed);
  EXPECT_EQ(state(), "open until 2026-01-15T12:01:30Z");
  clock_.advance(seconds{90});
  EXPECT_EQ(wait(), Duration{0});
  EXPECT_EQ(state(), "ok");
}

TEST_F(UpstreamHostsTest, SaysTheStateOfEveryHost) {
  const auto states = hosts_.states(clock_.steady(), clock_.wall());
  ASSERT_EQ(states.size(), 2U);
  EXPECT_EQ(states[0].host, "a");
  EXPECT_EQ(states[1].host, "b");
  EXPECT_EQ(state(), "ok");
  fail(3);
  EXPECT_EQ(state(), "open until 2026-01-15T12:05:00Z");
  clock_.advance(minutes{5});
  EXPECT_EQ(state(), "half-open");
}

TEST_F(UpstreamHostsTest, AnotherConfigurationForgetsNothingAndShowsOnlyItsOwnHosts) {
  fail(3);
  hosts_.received("a", 100);
  hosts_.use({"c"});
  const auto states = hosts_.states(clock_.steady(), clock_.wall());
  ASSERT_EQ(states.size(), 1U);
  EXPECT_EQ(states[0].host, "c");
  hosts_.use({"a", "c"});
  EXPECT_EQ(circuit(), Circuit::kOpen);
  EXPECT_EQ(state(), "open until 2026-01-15T12:05:00Z");
  EXPECT_EQ(hosts_.states(clock_.steady(), clock_.wall())[0].traffic.bytes_received, 100U);
}

TEST_F(UpstreamHostsTest, IsReadableWhileItIsWritten) {
  std::jthread writer([this] { fail(1000); });
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(hosts_.states(clock_.steady(), clock_.wall()).size(), 2U);
  }
}

}  // namespace
}  // namespace nbasync
