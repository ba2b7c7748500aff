#include "doctor/host_checks.hpp"

#include <gmock/gmock.h>

#include "support/stand_in.hpp"

namespace nbasync {
namespace {

using testing::Fault;
using ::testing::HasSubstr;
using testing::StandIn;
using testing::StandInExchange;

class HostChecksTest : public ::testing::Test {
 protected:
  HostChecksTest() {
    upstream_.set_body("commonteamyears", "{}");
    upstream_.set_body("todaysScoreboard_00", "{}");
    options_.stats_url = upstream_.stats_url();
    options_.cdn_url = upstream_.cdn_url();
    options_.min_interval = Duration{0};
  }
  HostAnswer check(Host host = Host::kStats, Duration patience = Duration{20'000}) {
    return check_host(host, options_, clock_, hosts_, patience, stop_.get_token());
  }
  CheckAnswer finding_of(Host host = Host::kStats, Duration patience = Duration{20'000}) {
    auto answer = check(host, patience).answer;
    EXPECT_EQ(answer.status, CheckStatus::kFinding) << answer.text;
    EXPECT_NE(answer.hint, "");
    return answer;
  }

  StandIn upstream_;
  FetcherOptions options_;
  RealClock clock_;
  UpstreamHosts hosts_;
  std::stop_source stop_;
};

TEST_F(HostChecksTest, EachHostIsAskedOnce) {
  EXPECT_EQ(check().answer.status, CheckStatus::kOk);
  EXPECT_EQ(check().answer.check, "upstream-stats");
  EXPECT_EQ(check(Host::kCdn).answer.status, CheckStatus::kOk);
  EXPECT_EQ(check(Host::kCdn).answer.check, "upstream-cdn");
  EXPECT_EQ(upstream_.count("commonteamyears"), 2U);
  EXPECT_EQ(upstream_.count("todaysScoreboard_00"), 2U);
}

TEST_F(HostChecksTest, HangMayBeABlockedAddress) {
  upstream_.set_fault("*", "hang");
  const auto answer = finding_of(Host::kStats, Duration{200});
  EXPECT_THAT(answer.text, HasSubstr("did not answer within 0.2 s; the address may be blocked"));
  EXPECT_THAT(answer.hint, HasSubstr("upstream.proxy"));
  EXPECT_EQ(upstream_.count(), 1U) << "once, whatever upstream.retries says";
}

TEST_F(HostChecksTest, RefusalInHtmlMayBeABlockedAddress) {
  upstream_.set_fault("*", "html=403");
  EXPECT_THAT(finding_of(Host::kCdn).text, HasSubstr("status 403; the address may be blocked"));
}

TEST_F(HostChecksTest, HostThatIsNotThere) {
  options_.stats_url = "http://127.0.0.1:1/stats";
  EXPECT_THAT(finding_of().hint, HasSubstr("network"));
}

TEST_F(HostChecksTest, HostThatIsLeftAloneIsNotAsked) {
  check();
  for (int i = 0; i < 3; ++i) hosts_.failed(upstream_.address(), clock_.steady());
  EXPECT_THAT(finding_of().text, HasSubstr("is left alone after repeated failures; try again"));
  EXPECT_EQ(upstream_.count(), 1U);
}

TEST_F(HostChecksTest, AStopEndsIt) {
  upstream_.set_fault("*", "hang");
  stop_.request_stop();
  EXPECT_EQ(check().answer.status, CheckStatus::kUnchecked);
}

TEST_F(HostChecksTest, ClockIsComparedWithTheHosts) {
  const auto says = [&](std::chrono::minutes ahead) {
    const auto time = std::chrono::system_clock::to_time_t(clock_.wall() + ahead);
    char text[64];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&time));
    const std::string date = text;
    upstream_.set_fault("*", Fault{[date](StandInExchange& exchange) {
                          exchange.answer(200, "{}", {{"Date", date}});
                        }});
    return check_clock(check().ahead, std::nullopt);
  };
  EXPECT_EQ(says(std::chrono::minutes{0}).status, CheckStatus::kOk);
  EXPECT_THAT(says(std::chrono::minutes{10}).text, HasSubstr("s behind upstream's"));
  EXPECT_THAT(says(std::chrono::minutes{-10}).text, HasSubstr("s before upstream's"));
  upstream_.clear_faults();
  EXPECT_EQ(check_clock(check().ahead, std::nullopt).status, CheckStatus::kUnchecked);
  EXPECT_EQ(check_clock(Duration{900'000}, Duration{0}).status, CheckStatus::kOk)
      << "one of them goes right, and is as ours";
}

}  // namespace
}  // namespace nbasync
