#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "integration/daemon/daemon_fixture.hpp"

// Whatever somebody sends, it takes no more than so much: through the real daemon.

namespace nbasync {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kMegabyte = 1 << 20;

class BoundsTest : public testing::DaemonFixture {
 protected:
  // Bytes, of a line such as "VmRSS:     15540 kB".
  std::int64_t memory(const std::string& line) const {
    std::ifstream file("/proc/" + std::to_string(daemon_->pid()) + "/status");
    std::string word;
    while (file >> word && word != line + ':') {
    }
    std::int64_t kilobytes = 0;
    file >> kilobytes;
    return kilobytes * 1024;
  }
};

TEST_F(BoundsTest, HugeTextsOfUpstreamFailTheirRunAndLeaveNoTraceOfTheirSize) {
  constexpr std::size_t kHuge = 20'000'000;
  std::string escapes;
  while (escapes.size() < kHuge) escapes += R"(\u001b[2J)";
  upstream_.set_body("todaysScoreboard_00",
                     R"({"scoreboard":{"gameDate":"2026-01-15","games":[{"gameId":")" + escapes +
                         R"(","gameStatus":1}]}})");
  upstream_.set_body(
      "commonteamyears",
      R"({"resultSets":[{"name":"TeamYears","headers":["LEAGUE_ID","TEAM_ID","MIN_YEAR","MAX_YEAR",)"
      R"("ABBREVIATION"],"rowSet":[["00",1,"1946","2025",")" +
          std::string(kHuge, 'x') + R"("]]}]})");
  start_daemon();
  const auto idle = memory("VmRSS");
  for (int times = 0; times < 3; ++times) {
    for (const auto* type : {"todays_games", "teams"}) {
      EXPECT_EQ(client({"sync", type}), 1) << type;
      EXPECT_THAT(err_, HasSubstr("bytes, and a text at most 1000"));
      EXPECT_THAT(err_, Not(HasSubstr("\x1b")));
      EXPECT_LT(err_.size(), 2'000U);
    }
  }
  EXPECT_EQ(client({"status", "--json"}), 0);
  EXPECT_LT(out_.size(), 20'000U) << "six failed runs";
  EXPECT_LT(daemon_->err().size(), 20'000U);
  if (*SANITIZER != '\0') return;  // it keeps what is freed
  EXPECT_LT(memory("VmHWM") - idle, 64 * kMegabyte) << "while they were read";
  EXPECT_LT(memory("VmRSS") - idle, 16 * kMegabyte) << "afterwards";
}

// Each is within its limit; together they would take three times as much.
TEST_F(BoundsTest, LargeAnswersOfOneStepFailItsRun) {
  const std::string large = R"({"more":")" + std::string(20'000'000, 'x') + R"("})";
  upstream_.set_body("commonteamyears", large);
  upstream_.set_body("leaguestandingsv3", large);
  start_daemon();
  const auto idle = memory("VmRSS");
  EXPECT_EQ(client({"sync", "teams"}), 1);
  EXPECT_THAT(err_, HasSubstr("the answers have 40000022 bytes together, and at most 33554432"));
  if (*SANITIZER != '\0') return;  // it keeps what is freed
  EXPECT_LT(memory("VmHWM") - idle, 64 * kMegabyte);
}

}  // namespace
}  // namespace nbasync
