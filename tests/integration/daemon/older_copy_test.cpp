#include <gmock/gmock.h>

#include "integration/daemon/control_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// An edge of upstream's has an older copy than the one before.
TEST_F(ControlFixture, AnOlderCopyOfAnAnswerIsNotTakenUnlessByForce) {
  const auto schedule_of = [&](const std::string& hour, const std::string& arena) {
    std::string body = R"({"leagueSchedule":{"seasonYear":"2025-26","gameDates":[{"gameDate":)"
                       R"("01/15/2026 00:00:00","games":[{"gameId":"0022500001","gameStatus":1,)"
                       R"("gameStatusText":"7:30 pm ET","gameDateTimeUTC":"2026-01-16T00:30:00Z",)"
                       R"("isNeutral":false,"arenaName":")" +
                       arena +
                       R"(","homeTeam":{"teamId":1610612738,"teamTricode":"BOS","score":0},)"
                       R"("awayTeam":{"teamId":1610612747,"teamTricode":"LAL","score":0}}]}]}})";
    upstream_.set_body("scheduleLeagueV2", body);
    upstream_.set_fault("scheduleLeagueV2",
                        "header=Last-Modified:Thu, 15 Jan 2026 " + hour + ":00:00 GMT");
  };
  const auto arena = [&] { return query("SELECT arena FROM games WHERE id = '0022500001'"); };
  start_daemon();
  schedule_of("12", "New Hall");
  ASSERT_EQ(client({"sync", "schedule"}), 0) << err_;
  EXPECT_EQ(arena(), "New Hall");
  schedule_of("11", "Old Hall");
  EXPECT_EQ(client({"sync", "schedule", "--utc"}), 0) << err_;
  EXPECT_THAT(out_ + err_, HasSubstr("a copy of 2026-01-15 11:00:00 UTC, older than that of "
                                     "2026-01-15 12:00:00 UTC"));
  EXPECT_EQ(arena(), "New Hall");
  EXPECT_EQ(client({"sync", "schedule", "--force"}), 0) << err_;
  EXPECT_EQ(arena(), "Old Hall");
  schedule_of("13", "Newest Hall");
  EXPECT_EQ(client({"sync", "schedule"}), 0) << err_;
  EXPECT_EQ(arena(), "Newest Hall");
}

}  // namespace
}  // namespace nbasync::testing
