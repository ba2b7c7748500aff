#include <future>

#include "curl_fetcher_fixture.hpp"
#include "support/fake_clock.hpp"

// Waits: cancelling them, Retry-After, and the circuit.
namespace nbasync {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

class CurlFetcherWaitTest : public CurlFetcherTest {
 protected:
  // Starts a get, stops it once `requests` have arrived, and returns what it threw. The ceiling is
  // generous; what is cancelled here would last for many seconds.
  Error cancelled_after(std::size_t requests) {
    fetcher();
    std::stop_source stop;
    auto getting = std::async(std::launch::async, [&] { return failure(stop.get_token()); });
    EXPECT_TRUE(upstream_.wait_for_requests(requests));
    const SteadyTime asked = clock_.steady();
    stop.request_stop();
    Error error = getting.get();
    EXPECT_LT(clock_.steady() - asked, seconds{2});
    return error;
  }
};

TEST_F(CurlFetcherWaitTest, CancelsAHangingTransfer) {
  upstream_.set_fault("teams", "hang");
  const Error error = cancelled_after(1);
  EXPECT_EQ(error.code(), Errc::kCancelled);
  EXPECT_STREQ(error.what(), "teams: cancelled");
  EXPECT_EQ(fetcher().traffic().requests, 1U);
}

TEST_F(CurlFetcherWaitTest, CancelsADrippingTransferAndGoesOnAfterwards) {
  upstream_.set_fault("teams", "drip=50");
  EXPECT_EQ(cancelled_after(1).code(), Errc::kCancelled);
  upstream_.clear_faults();
  EXPECT_EQ(get().body, kBody);
}

TEST_F(CurlFetcherWaitTest, CancelsTheWaitThatRetryAfterAsksFor) {
  upstream_.set_fault("teams", "retry-after=30");
  EXPECT_EQ(cancelled_after(1).code(), Errc::kCancelled);
}

TEST_F(CurlFetcherWaitTest, CancelsTheBackoff) {
  options_.backoff = seconds{30};
  upstream_.set_fault("teams", "status=500");
  EXPECT_EQ(cancelled_after(1).code(), Errc::kCancelled);
}

TEST_F(CurlFetcherWaitTest, CancelsTheSpacing) {
  options_.min_interval = seconds{30};
  get();
  EXPECT_EQ(cancelled_after(1).code(), Errc::kCancelled);
  EXPECT_EQ(upstream_.count(), 1U);
}

TEST_F(CurlFetcherWaitTest, StartsNothingOnceStopped) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(failure(stop.get_token()).code(), Errc::kCancelled);
  EXPECT_EQ(upstream_.count(), 0U);
}

TEST_F(CurlFetcherWaitTest, ACancelledGetDoesNotCountAgainstTheHost) {
  upstream_.set_fault("teams", "hang");
  for (std::size_t i = 1; i <= 4; ++i) EXPECT_EQ(cancelled_after(i).code(), Errc::kCancelled);
  EXPECT_EQ(host_states().front().state, "ok");
}

TEST_F(CurlFetcherWaitTest, WaitsAsLongAsRetryAfterSays) {
  upstream_.set_fault("teams", "retry-after=1*1");
  EXPECT_EQ(get().tries, 2U);
  const auto seen = upstream_.requests();
  EXPECT_GE(seen[1].arrived - seen[0].arrived, milliseconds{990});
}

TEST_F(CurlFetcherWaitTest, FailsAtOnceWhereTheWaitWouldBeTooLong) {
  const Error first = failure_with("retry-after=600");
  EXPECT_EQ(first.code(), Errc::kUpstreamBlocked);
  EXPECT_THAT(first.what(), HasSubstr("left alone for 600 s: try again after 20"));
  EXPECT_EQ(upstream_.count(), 1U);

  upstream_.clear_faults();
  const Error second = failure();
  EXPECT_EQ(second.code(), Errc::kUpstreamBlocked);
  EXPECT_THAT(second.what(), HasSubstr("because it asked us to wait; try again after 20"));
  EXPECT_EQ(upstream_.count(), 1U);
  EXPECT_THAT(host_states().front().state, HasSubstr("open until 20"));
}

TEST_F(CurlFetcherWaitTest, LeavesAHostAloneAfterThreeFailedGets) {
  options_.retries = 1;
  upstream_.set_fault("teams", "status=500");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(failure().code(), Errc::kUpstreamStatus);
  EXPECT_THAT(host_states().front().state, HasSubstr("open until 20"));
  const Error error = failure();
  EXPECT_EQ(error.code(), Errc::kUpstreamBlocked);
  EXPECT_THAT(error.what(), HasSubstr(upstream_.address() + " is left alone after repeated"));
  EXPECT_EQ(upstream_.count(), 3U);
}

TEST_F(CurlFetcherWaitTest, TriesOnceWhenTheCircuitIsHalfOpen) {
  testing::FakeClock clock;
  UpstreamHosts hosts({.threshold = 1});
  CurlFetcher fetcher(options_, clock, hosts);
  const auto state = [&] { return hosts.states(clock.steady(), clock.wall()).front().state; };
  upstream_.set_fault("teams", "status=500");
  EXPECT_THROW(fetcher.get(kTeams, {}), Error);
  EXPECT_EQ(upstream_.count(), 3U);
  clock.advance(std::chrono::minutes{5});
  EXPECT_EQ(state(), "half-open");
  EXPECT_THROW(fetcher.get(kTeams, {}), Error);
  EXPECT_EQ(upstream_.count(), 4U);
  EXPECT_EQ(state(), "open until 2026-01-15T12:15:00Z");
  clock.advance(std::chrono::minutes{10});
  upstream_.clear_faults();
  EXPECT_EQ(fetcher.get(kTeams, {}).body, kBody);
  EXPECT_EQ(state(), "ok");
}

}  // namespace
}  // namespace nbasync
