#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
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

// The rows of a year's syncs, of which only the newest are of today.
TEST_F(BoundsTest, OldRunsGoAsTheHistorySaysAndTheLastOfEachTypeStay) {
  std::ofstream(drop_ins_ / "20-history.yaml") << "sync: {history: 1d}\n";
  start_daemon();
  for (int times = 0; times < 30; ++times) ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  ASSERT_EQ(client({"sync", "full"}), 0) << err_;
  daemon_->signal(SIGTERM);
  ASSERT_EQ(daemon_->wait(), 0) << daemon_->err();
  execute(
      "UPDATE data_sync_log SET started_at = '2026-01-01T00:00:00Z', "
      "completed_at = '2026-01-01T00:00:00Z' WHERE sync_type = 'teams' AND id <= 29");
  start_daemon();
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  const auto count =
      "SELECT count(*) FROM data_sync_log WHERE sync_type = 'teams' AND "
      "run_id NOT LIKE '%/%'";
  EXPECT_EQ(query(count), "20");
  EXPECT_EQ(query(std::string(count) + " AND completed_at LIKE '2026-01-01%'"), "18");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE sync_type = 'full'"), "1");
  EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace nbasync
