#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "net/curl_fetcher.hpp"
#include "support/stand_in.hpp"

namespace nbasync {

// A fetcher that knows only the stand-in, in a hurry. Tests change options_ before the first get.
class CurlFetcherTest : public ::testing::Test {
 protected:
  CurlFetcherTest() {
    upstream_.set_body("teams", kBody);
    options_.stats_url = upstream_.stats_url();
    options_.cdn_url = upstream_.cdn_url();
    options_.min_interval = std::chrono::milliseconds{0};
    options_.backoff = std::chrono::milliseconds{1};
  }

  CurlFetcher& fetcher() {
    if (!fetcher_) fetcher_ = std::make_unique<CurlFetcher>(options_, clock_, hosts_);
    return *fetcher_;
  }
  std::vector<HostState> host_states() {
    fetcher();
    return hosts_.states(clock_.steady(), clock_.wall());
  }
  Response get(std::stop_token stop = {}) { return fetcher().get(kTeams, std::move(stop)); }

  // What get throws; an internal error when it does not.
  Error failure(std::stop_token stop = {}) {
    try {
      get(std::move(stop));
    } catch (const Error& error) {
      return error;
    }
    return {Errc::kInternal, "no failure"};
  }
  Error failure_with(std::string_view fault) {
    upstream_.set_fault("teams", fault);
    return failure();
  }

  static inline const std::string kBody =
      R"({"resultSets":[{"name":"T","headers":["ID","PTS"],"rowSet":[[1,100],[2,98]]}]})";
  static inline const Request kTeams{
      Host::kStats, "teams", {{"LeagueID", "00"}, {"SeasonType", "Regular Season"}, {"X", ""}}};

  testing::StandIn upstream_;
  RealClock clock_;
  FetcherOptions options_;
  UpstreamHosts hosts_;
  std::unique_ptr<CurlFetcher> fetcher_;
};

}  // namespace nbasync
