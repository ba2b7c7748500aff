#include "unit/control/api_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

class TimelineRoutesTest : public ApiFixture {};

TEST_F(TimelineRoutesTest, ARunIsInTheTimelineAndInItsDay) {
  ask("POST", kSync, kTeams);
  const auto run = ask("GET", "/api/v1/runs")->json()["runs"][0];
  const auto timeline = ask("GET", "/api/v1/timeline")->json();
  ASSERT_EQ(timeline["runs"].size(), 1U);
  ASSERT_EQ(timeline["runs"][0].size(), timeline["columns"].size());
  for (std::size_t c = 0; c < timeline["columns"].size(); ++c) {
    const auto name = timeline["columns"][c].get<std::string>();
    EXPECT_EQ(timeline["runs"][0][c], run[name]) << name << ": as the run itself has it";
  }
  EXPECT_EQ(timeline["more"], false);

  const auto activity = ask("GET", "/api/v1/activity")->json();
  ASSERT_EQ(activity["days"].size(), 1U);
  EXPECT_EQ(activity["days"][0]["changed"]["teams"], run["inserted_count"]);
  EXPECT_EQ(activity["datasets"][0]["name"], "teams");
  EXPECT_EQ(activity["datasets"][0]["run_id"], run["run_id"]);
}

TEST_F(TimelineRoutesTest, WhatIsOlderIsNotAskedFor) {
  ask("POST", kSync, kTeams);
  pass(std::chrono::hours{25});
  EXPECT_TRUE(ask("GET", "/api/v1/timeline")->json()["runs"].empty());
  EXPECT_EQ(ask("GET", "/api/v1/timeline?days=2")->json()["runs"].size(), 1U);
  EXPECT_TRUE(ask("GET", "/api/v1/activity?days=1")->json()["days"].empty());
  EXPECT_EQ(ask("GET", "/api/v1/activity")->json()["days"].size(), 1U);
}

TEST_F(TimelineRoutesTest, WhoKnowsItIsToldSo) {
  for (const auto* target : {"/api/v1/timeline", "/api/v1/activity"}) {
    request_.headers["if-none-match"] = "";
    request_.headers["if-none-match"] = ask("GET", target)->header("ETag");
    EXPECT_EQ(ask("GET", target)->status(), 304) << target;
  }
}

TEST_F(TimelineRoutesTest, DaysHaveALimit) {
  for (const auto* target : {"/api/v1/timeline?days=93", "/api/v1/activity?days=0"}) {
    const auto reply = ask("GET", target);
    EXPECT_EQ(reply->status(), 400) << target;
    EXPECT_THAT(reply->json()["detail"].get<std::string>(), HasSubstr("days"));
  }
}

}  // namespace
}  // namespace nbasync::testing
