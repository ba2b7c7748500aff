#include "curl_fetcher_fixture.hpp"

// What the fetcher sends, and what it makes of answers that are in order.
namespace nbasync {
namespace {

using testing::Fault;
using ::testing::HasSubstr;
using testing::StandInExchange;

TEST_F(CurlFetcherTest, GetsTheBodyOfAnEndpointOfEitherHost) {
  upstream_.set_body("scheduleLeagueV2", R"({"cdn":1})");
  const Response stats = get();
  EXPECT_EQ(stats.body, kBody);
  EXPECT_EQ(stats.tries, 1U);
  EXPECT_GT(stats.bytes_received, kBody.size());
  EXPECT_EQ(fetcher().get({Host::kCdn, "staticData/scheduleLeagueV2.json", {}}, {}).body,
            R"({"cdn":1})");
  const auto seen = upstream_.requests();
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].target, "/stats/teams?LeagueID=00&SeasonType=Regular+Season&X=");
  EXPECT_EQ(seen[1].target, "/cdn/staticData/scheduleLeagueV2.json");
}

TEST_F(CurlFetcherTest, SendsABrowsersHeadersAndThoseConfigured) {
  options_.headers.emplace("X-Own", "yes");
  get();
  auto headers = upstream_.requests().front().headers;
  EXPECT_THAT(headers["user-agent"], HasSubstr("Mozilla/5.0"));
  EXPECT_EQ(headers["referer"], "https://www.nba.com/");
  EXPECT_EQ(headers["origin"], "https://www.nba.com");
  EXPECT_EQ(headers["accept"], "application/json, text/plain, */*");
  EXPECT_EQ(headers["accept-language"], "en-US,en;q=0.5");
  EXPECT_EQ(headers["accept-encoding"], "gzip");
  EXPECT_EQ(headers["x-own"], "yes");
}

TEST_F(CurlFetcherTest, KeepsItsConnectionAndItsCookies) {
  upstream_.set_fault(
      "teams", Fault{.act = [](StandInExchange& exchange) {
        exchange.answer(200, exchange.body(), {{"Set-Cookie", "ak_bmsc=abc; path=/"}});
      }});
  get();
  get();
  const auto seen = upstream_.requests();
  EXPECT_EQ(seen[0].headers.count("cookie"), 0U);
  EXPECT_EQ(seen[1].headers.at("cookie"), "ak_bmsc=abc");
  EXPECT_EQ(seen[0].connection, seen[1].connection);
}

TEST_F(CurlFetcherTest, GoesThroughTheProxyWhenOneIsSet) {
  options_.stats_url = "http://stats.invalid/stats";
  options_.proxy = "http://" + upstream_.address();
  EXPECT_EQ(get().body, kBody);
  EXPECT_EQ(upstream_.requests().front().headers.at("host"), "stats.invalid");
}

TEST_F(CurlFetcherTest, UnpacksGzipAndCountsWhatCameOverTheWire) {
  const std::string body = "{" + std::string(100'000, ' ') + "}";
  upstream_.set_body("teams", body);
  upstream_.set_fault("teams", "gzip");
  const Response response = get();
  EXPECT_EQ(response.body, body);
  EXPECT_LT(response.bytes_received, 10'000U);
  EXPECT_GT(response.bytes_received, 100U);
}

TEST_F(CurlFetcherTest, DropsSpaceBeforeTheBody) {
  upstream_.set_body("teams", "\r\n {}");
  EXPECT_EQ(get().body, "{}");
}

TEST_F(CurlFetcherTest, FollowsUpToThreeRedirects) {
  upstream_.set_fault("teams", "redirect-loop*3");
  EXPECT_EQ(get().body, kBody);
  EXPECT_EQ(upstream_.count(), 4U);
}

TEST_F(CurlFetcherTest, SpacesRequestsToOneHost) {
  options_.min_interval = std::chrono::milliseconds{40};
  const auto before = std::chrono::steady_clock::now();
  get();
  get();
  // Spaced where they start, so not by the arrival of the first, which may take its time.
  EXPECT_GE(upstream_.requests()[1].arrived - before, options_.min_interval);
}

TEST_F(CurlFetcherTest, CountsTrafficOfFailedGetsToo) {
  upstream_.set_fault("teams", "status=500*4");
  EXPECT_EQ(failure().code(), Errc::kUpstreamStatus);
  const Traffic failed = fetcher().traffic();
  EXPECT_EQ(failed.requests, 3U);
  EXPECT_GT(failed.bytes_received, 0U);
  const Response response = get();
  EXPECT_EQ(response.tries, 2U);
  EXPECT_EQ(fetcher().traffic().requests, 5U);
  EXPECT_EQ(fetcher().traffic().bytes_received, failed.bytes_received + response.bytes_received);
}

TEST_F(CurlFetcherTest, KnowsTheStateOfItsNetworkHosts) {
  options_.cdn_url = "file:///tmp";
  const auto states = host_states();
  ASSERT_EQ(states.size(), 1U);
  EXPECT_EQ(states[0].host, upstream_.address());
  EXPECT_EQ(states[0].state, "ok");
}

}  // namespace
}  // namespace nbasync
