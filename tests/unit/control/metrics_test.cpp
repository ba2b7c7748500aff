#include "control/metrics.hpp"

#include "unit/control/api_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class MetricsTest : public ApiFixture {};

TEST_F(MetricsTest, HostThatIsNoLongerAskedHasNoState) {
  std::vector<protocol::UpstreamState> hosts{{"old", "open until 2026-01-15T12:05:00Z", 3, 10}};
  service_.describe([&](protocol::Status& status) { status.upstream = hosts; });
  EXPECT_THAT(metrics_.text(), HasSubstr("nbasync_upstream_up{host=\"old\"} 0\n"));
  hosts = {{"new", "ok", 1, 10}};
  const auto text = metrics_.text();
  EXPECT_THAT(text, HasSubstr("nbasync_upstream_up{host=\"new\"} 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("nbasync_upstream_up{host=\"old\"}")));
  EXPECT_THAT(text, HasSubstr("nbasync_upstream_requests_total{host=\"old\"} 3\n"));
  hosts = {{"old", "ok", 4, 20}};
  EXPECT_THAT(metrics_.text(), HasSubstr("nbasync_upstream_up{host=\"old\"} 1\n"));
}

}  // namespace
}  // namespace nbasync::testing
