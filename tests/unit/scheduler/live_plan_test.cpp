#include "scheduler/live_plan.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using State = LiveGame::State;

const SystemTime kNow = *parse_utc("2026-01-15T23:00:00Z");
const LiveRule kRule{seconds(30), minutes(10)};

LivePlan planned(const std::vector<LiveGame>& games, const LiveProgress& progress = {}) {
  return plan_live(kRule, games, progress, kNow);
}

TEST(LivePlanTest, SleepsUntilBeforeTheNextTipOff) {
  const auto plan = planned({{"LAL @ BOS", kNow + hours(2), State::kScheduled},
                             {"NYK @ MIA", kNow + hours(1), State::kScheduled},
                             {"ATL @ CHI", kNow - hours(3), State::kOver}});
  EXPECT_EQ(plan.next, kNow + minutes(50));
  EXPECT_FALSE(plan.polling);
  EXPECT_THAT(plan.why, HasSubstr("NYK @ MIA tips off at 2026-01-16T00:00:00Z"));
}

TEST(LivePlanTest, PollsAtItsPaceWhileAGameIsOn) {
  const auto plan = planned({{"LAL @ BOS", kNow - hours(1), State::kLive}}, {kNow - seconds(5), 0});
  EXPECT_EQ(plan.next, kNow + seconds(25));
  EXPECT_TRUE(plan.polling);
  EXPECT_EQ(planned({{"LAL @ BOS", kNow - hours(1), State::kLive}}).next, kNow) << "never polled";
}

TEST(LivePlanTest, PollsWhenAGameIsAboutToStartOrOverdue) {
  EXPECT_TRUE(planned({{"LAL @ BOS", kNow + minutes(10), State::kScheduled}}).polling);
  EXPECT_FALSE(planned({{"LAL @ BOS", kNow + minutes(11), State::kScheduled}}).polling);
  EXPECT_TRUE(planned({{"LAL @ BOS", kNow - hours(5), State::kScheduled}}).polling);
  EXPECT_FALSE(planned({{"LAL @ BOS", kNow - hours(7), State::kScheduled}}).polling);
}

TEST(LivePlanTest, StopsWhenTheLastGameIsOver) {
  const auto plan = planned({{"LAL @ BOS", kNow - hours(3), State::kOver}});
  EXPECT_EQ(plan.next, std::nullopt);
  EXPECT_FALSE(plan.polling);
}

TEST(LivePlanTest, SlowsDownWhileNothingChangesAndHurriesAgain) {
  const std::vector<LiveGame> games = {{"LAL @ BOS", kNow - hours(1), State::kLive}};
  EXPECT_EQ(planned(games, {kNow, 3}).next, kNow + seconds(30));
  EXPECT_EQ(planned(games, {kNow, 4}).next, kNow + seconds(60));
  EXPECT_EQ(planned(games, {kNow, 8}).next, kNow + seconds(120));
  EXPECT_EQ(planned(games, {kNow, 1000}).next, kNow + seconds(120));
  EXPECT_EQ(planned(games, {kNow, 0}).next, kNow + seconds(30));
}

}  // namespace
}  // namespace nbasync
