#include "sync/newest_copies.hpp"

#include <gmock/gmock.h>

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::HasSubstr;

const SystemTime kNow = *parse_utc("2026-01-15T12:00:00Z");
const Request kBoard{Host::kCdn, "liveData/scoreboard/todaysScoreboard_00.json", {}};
const Request kSchedule{Host::kCdn, "staticData/scheduleLeagueV2.json", {}};

TEST(NewestCopiesTest, AnOlderOneThanWasTakenIsRefused) {
  NewestCopies copies;
  EXPECT_FALSE(copies.refusal(kBoard, kNow - hours{9}, kNow)) << "nothing is known";
  copies.taken(kBoard, kNow - minutes{5}, kNow);
  const auto refusal = copies.refusal(kBoard, kNow - minutes{7}, kNow);
  ASSERT_TRUE(refusal);
  EXPECT_THAT(*refusal, HasSubstr("todaysScoreboard_00: upstream answered with a copy of "
                                  "2026-01-15T11:53:00Z, older than that of 2026-01-15T11:55:00Z"));
  EXPECT_FALSE(copies.refusal(kSchedule, kNow - minutes{7}, kNow)) << "another request";
}

TEST(NewestCopiesTest, TheSameAndNewerOnesAreTaken) {
  NewestCopies copies;
  copies.taken(kBoard, kNow - minutes{5}, kNow);
  EXPECT_FALSE(copies.refusal(kBoard, kNow - minutes{5}, kNow));
  EXPECT_FALSE(copies.refusal(kBoard, kNow, kNow));
  EXPECT_FALSE(copies.refusal(kBoard, kNow - minutes{6}, kNow)) << "two clocks";
}

// Upstream has been set back, or its clock was wrong.
TEST(NewestCopiesTest, AfterADayUpstreamMeansIt) {
  NewestCopies copies;
  copies.taken(kBoard, kNow + hours{24 * 365}, kNow);
  EXPECT_TRUE(copies.refusal(kBoard, kNow, kNow + hours{23}));
  EXPECT_FALSE(copies.refusal(kBoard, kNow, kNow + hours{24}));
  EXPECT_FALSE(copies.refusal(kBoard, kNow, kNow - hours{1})) << "our clock was set back";
}

TEST(NewestCopiesTest, IsBounded) {
  NewestCopies copies;
  for (int i = 0; i < 1'500; ++i) {
    copies.taken({Host::kStats, "x", {{"Season", std::to_string(i)}}}, kNow, kNow);
  }
  EXPECT_FALSE(copies.refusal({Host::kStats, "x", {{"Season", "0"}}}, kNow - hours{1}, kNow));
  EXPECT_TRUE(copies.refusal({Host::kStats, "x", {{"Season", "1499"}}}, kNow - hours{1}, kNow));
}

}  // namespace
}  // namespace nbasync
