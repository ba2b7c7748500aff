#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "integration/daemon/doctor_fixture.hpp"
#include "support/file_text.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class DoctorTest : public DoctorFixture {};

class DoctorEachWay : public EachWay {};

TEST_P(DoctorEachWay, WholeSeasonIsWellAndWhatDoesNotFitIsFound) {
  ASSERT_EQ(once("full"), 0) << out_ << err_;
  nothing_is_to_come();
  start_daemon();
  auto diagnosis = json_of({"doctor"});
  EXPECT_EQ(findings_of(diagnosis), std::set<std::string>()) << diagnosis.dump(1);
  EXPECT_EQ(check_of(diagnosis, "final-lines")["text"], "1225 finals have their lines");
  EXPECT_EQ(check_of(diagnosis, "bus")["status"], "ok");
  EXPECT_EQ(check_of(diagnosis, "upstream-cdn")["status"], "ok");

  execute("UPDATE standings SET wins = wins + 1 WHERE team_id = 1610612747");
  execute("DELETE FROM team_game_logs WHERE game_id = '0022500001'");
  EXPECT_EQ(run({"doctor"}), 1) << err_;
  EXPECT_THAT(out_, HasSubstr("finding      final-lines 2025-26: finals without their two lines: "
                              "0022500001 of 2025-10-"));
  EXPECT_THAT(out_, HasSubstr("\n             nbasyncctl sync game_logs --season 2025-26\n"));
  diagnosis = json_of({"doctor"});
  EXPECT_EQ(findings_of(diagnosis),
            (std::set<std::string>{"final-lines", "season-figures", "standings"}));
  EXPECT_EQ(diagnosis["well"], false);
}

INSTANTIATE_TEST_SUITE_P(Ways, DoctorEachWay, ::testing::Values(kOverSocket, kOverBus),
                         [](const auto& way) { return std::string(way.param); });

TEST_F(DoctorTest, FiguresForPrometheusAreOfTheLastCheck) {
  start_daemon();
  EXPECT_THAT(metrics(), Not(HasSubstr("nbasync_doctor_findings{")));
  ASSERT_EQ(run(kOverSocket, {"sync", "full", "-q"}), 0) << err_;
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 0\n"));
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_last_check_timestamp_seconds 1"));
  execute("DELETE FROM team_game_logs WHERE game_id = '0022500001'");
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 0\n"))
      << "asking for figures compares nothing";
  get();
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 1\n"));
  ASSERT_EQ(run(kOverSocket, {"sync", "full", "-q"}), 0) << err_;
  EXPECT_THAT(metrics(), HasSubstr("nbasync_doctor_findings{check=\"final-lines\"} 0\n"));
}

TEST_F(DoctorTest, UpstreamThatHangsOrRefusesIsTold) {
  configure("sync: {}\n");
  std::string text = file_text(config_);
  text.insert(text.find("  min_interval"), "  timeout: 1s\n");
  std::ofstream(config_) << text;
  start_daemon();
  upstream_.set_fault("commonteamyears", "hang");
  upstream_.set_fault("todaysScoreboard_00", "html=403");
  const auto diagnosis = get();
  EXPECT_THAT(check_of(diagnosis, "upstream-stats")["text"],
              HasSubstr("did not answer within 1 s; the address may be blocked"));
  EXPECT_THAT(check_of(diagnosis, "upstream-cdn")["text"],
              HasSubstr("status 403; the address may be blocked"));
  EXPECT_EQ(doctor(), 1);
  EXPECT_THAT(out_, HasSubstr("finding      upstream-stats: "));
  EXPECT_THAT(out_, HasSubstr("upstream.proxy"));
}

}  // namespace
}  // namespace nbasync::testing
