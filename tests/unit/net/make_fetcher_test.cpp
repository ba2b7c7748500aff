#include "net/make_fetcher.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "support/stand_in.hpp"

namespace nbasync {
namespace {

TEST(MakeFetcherTest, EachHostMayLiveInFilesOrOnTheNetwork) {
  const auto directory = std::filesystem::path(::testing::TempDir()) / "make_fetcher_test";
  std::filesystem::create_directories(directory);
  std::ofstream(directory / "scheduleLeagueV2.json") << R"({"from":"file"})";
  testing::StandIn upstream;
  upstream.set_body("teams", R"({"from":"network"})");

  FetcherOptions options;
  options.stats_url = upstream.stats_url();
  options.cdn_url = "file://" + directory.string();
  const RealClock clock;
  UpstreamHosts hosts;
  const auto fetcher = make_fetcher(options, clock, hosts);
  const auto network = fetcher->get({Host::kStats, "teams", {}}, {});
  const auto file = fetcher->get({Host::kCdn, "staticData/scheduleLeagueV2.json", {}}, {});

  EXPECT_EQ(network.body, R"({"from":"network"})");
  EXPECT_EQ(file.body, R"({"from":"file"})");
  EXPECT_EQ(fetcher->traffic().requests, 2U);
  EXPECT_EQ(fetcher->traffic().bytes_received, network.bytes_received + file.bytes_received);
  ASSERT_EQ(hosts.states(clock.steady(), clock.wall()).size(), 1U);
  EXPECT_EQ(hosts.states(clock.steady(), clock.wall()).front().host, upstream.address());
  std::filesystem::remove_all(directory);
}

TEST(MakeFetcherTest, RefusesOtherSchemes) {
  for (const auto* url : {"ftp://host/x", "file://host/x", "stats.nba.com", ""}) {
    FetcherOptions options;
    UpstreamHosts hosts;
    options.cdn_url = url;
    try {
      make_fetcher(options, RealClock(), hosts);
      ADD_FAILURE() << url << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::kBadConfiguration);
      EXPECT_THAT(error.what(), ::testing::StartsWith("upstream.cdn_url: "));
    }
  }
}

}  // namespace
}  // namespace nbasync
