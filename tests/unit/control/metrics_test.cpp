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

TEST_F(MetricsTest, AHookThatIsGoneHasNoFiguresAndAnotherOfItsNameBeginsAnew) {
  protocol::HookState site;
  site.name = "site";
  site.successes = 7;
  site.last_success = SystemTime(std::chrono::seconds(1'768'478'400));
  std::vector<protocol::HookState> hooks{site};
  service_.describe([&](protocol::Status& status) { status.hooks = hooks; });
  EXPECT_THAT(metrics_.text(),
              HasSubstr("nbasync_hook_tries_total{hook=\"site\",result=\"success\"} 7\n"));
  hooks.clear();
  EXPECT_THAT(metrics_.text(), Not(HasSubstr("hook=\"site\"")));
  site.successes = 1;
  hooks = {site};
  EXPECT_THAT(metrics_.text(),
              HasSubstr("nbasync_hook_tries_total{hook=\"site\",result=\"success\"} 1\n"));
}

TEST_F(MetricsTest, FindingsAreOfTheLastCheckOfEachSeason) {
  const auto found = [](const char* check, const char* season, std::int64_t count) {
    CheckAnswer answer{.check = check, .season = season, .count = count};
    if (count > 0) answer.status = CheckStatus::kFinding;
    return answer;
  };
  EXPECT_THAT(metrics_.text(), Not(HasSubstr("nbasync_doctor_findings{")))
      << "nothing was compared";
  EXPECT_THAT(metrics_.text(), Not(HasSubstr("nbasync_doctor_last_check_timestamp_seconds ")));
  metrics_.checked({found("final-lines", "2025-26", 2), found("final-lines", "2024-25", 3),
                    found("leftovers", "", 176)});
  EXPECT_THAT(metrics_.text(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 5\n"));
  EXPECT_THAT(metrics_.text(), HasSubstr("nbasync_doctor_findings{check=\"leftovers\"} 176\n"));
  EXPECT_THAT(metrics_.text(),
              HasSubstr("nbasync_doctor_last_check_timestamp_seconds 1768478400\n"));
  metrics_.checked({found("final-lines", "2025-26", 0)});
  EXPECT_THAT(metrics_.text(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 3\n"));
}

TEST_F(MetricsTest, OneOfSeveralDaemonsTellsOfTheLock) {
  EXPECT_THAT(metrics_.text(), Not(HasSubstr("nbasync_cluster_"))) << "there is one";
  protocol::Status told;
  told.instance = told.holder = "one";
  told.instances = {{"one", "holder", "1", {}}, {"two", "follower", "1", {}}};
  service_.describe([&](protocol::Status& status) {
    status.instance = told.instance;
    status.holder = told.holder;
    status.instances = told.instances;
  });
  ClusterMetrics::Figures figures{7, std::chrono::milliseconds(1'500), 2, 0};
  metrics_.watch_cluster([&] { return figures; });
  auto text = metrics_.text();
  EXPECT_THAT(text, HasSubstr("nbasync_cluster_holder 1\n"));
  EXPECT_THAT(text, HasSubstr("nbasync_cluster_instances 2\n"));
  EXPECT_THAT(text, HasSubstr("nbasync_cluster_epoch 7\n"));
  EXPECT_THAT(text, HasSubstr("nbasync_cluster_lease_age_seconds 1.5\n"));
  EXPECT_THAT(text, HasSubstr("nbasync_cluster_takeovers_total 2\n"));
  EXPECT_THAT(text, HasSubstr("nbasync_cluster_fenced_total 0\n"));
  told.holder = "two";
  figures = {8, {}, 2, 3};
  text = metrics_.text();
  EXPECT_THAT(text, HasSubstr("nbasync_cluster_holder 0\n"));
  EXPECT_THAT(text, HasSubstr("nbasync_cluster_epoch 8\n"));
  EXPECT_THAT(text, Not(HasSubstr("nbasync_cluster_lease_age_seconds ")));
  EXPECT_THAT(text, HasSubstr("nbasync_cluster_fenced_total 3\n"));
  figures.lease_age = std::chrono::milliseconds(0);
  EXPECT_THAT(metrics_.text(), HasSubstr("nbasync_cluster_lease_age_seconds 0\n"));
}

}  // namespace
}  // namespace nbasync::testing
