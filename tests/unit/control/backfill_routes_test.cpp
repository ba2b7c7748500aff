#include "unit/control/api_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kBackfill = "/api/v1/backfill";

class BackfillRoutesTest : public ApiFixture {
 protected:
  BackfillRoutesTest() {
    doors_.backfill = [this](const std::string& from, const std::string& to, const std::string&) {
      if (from == to) throw Error(Errc::kSyncInProgress, "one goes on");
      asked_.push_back(from + ".." + to);
      return 3U;
    };
    doors_.stop_backfill = [this](const std::string&) {
      asked_.emplace_back("stop");
      return true;
    };
  }

  std::vector<std::string> asked_;
};

TEST_F(BackfillRoutesTest, BeginsOneAndStopsIt) {
  const auto begun = ask("POST", kBackfill, R"({"from":"2015-16","to":"2017-18"})");
  EXPECT_EQ(begun->status(), 202);
  EXPECT_EQ(
      begun->json(),
      (nlohmann::json{{"success", true}, {"seasons", 3}, {"from", "2015-16"}, {"to", "2017-18"}}));
  EXPECT_EQ(ask("DELETE", kBackfill)->json()["stopped"], true);
  EXPECT_THAT(asked_, ElementsAre("2015-16..2017-18", "stop"));
}

TEST_F(BackfillRoutesTest, TellsHowFarItIs) {
  EXPECT_TRUE(ask("GET", kBackfill)->json()["backfill"].is_null());
  doors_.backfill_state = [] {
    protocol::BackfillState state;
    state.from = "2015-16";
    state.to = "2016-17";
    state.of = 2;
    state.seasons = {{.season = "2016-17", .state = SeasonState::kDone, .run_id = "a"},
                     {.season = "2015-16"}};
    return state;
  };
  const auto told = ask("GET", kBackfill)->json()["backfill"];
  EXPECT_EQ(told["seasons"][0]["state"], "done");
  EXPECT_EQ(told["seasons"][1]["state"], "waiting");
  EXPECT_TRUE(told["season"].is_null());
}

TEST_F(BackfillRoutesTest, WhatIsNoRangeIsRefusedWithTheForm) {
  for (const auto* body : {"", "[]", "{}", R"({"from":"2015-16"})", R"({"from":1,"to":2})",
                           R"({"from":"2015-16","to":"2016-17","by":"x"})"}) {
    const auto reply = ask("POST", kBackfill, body);
    EXPECT_EQ(reply->status(), 400) << body;
    EXPECT_THAT(reply->json()["detail"].get<std::string>(),
                HasSubstr(R"({"from": "2015-16", "to": "2024-25"})"));
  }
  EXPECT_EQ(ask("POST", kBackfill, R"({"from":"2015-16","to":"2015-16"})")->status(), 409);
  EXPECT_TRUE(asked_.empty());
}

TEST_F(BackfillRoutesTest, ADaemonWithoutOneSaysSo) {
  doors_.backfill = nullptr;
  EXPECT_EQ(ask("POST", kBackfill, R"({"from":"2015-16","to":"2017-18"})")->status(), 503);
  EXPECT_EQ(ask("DELETE", kBackfill)->status(), 503);
}

TEST_F(BackfillRoutesTest, MetricsCountItsSeasonsByState) {
  service_.describe([](protocol::Status& status) {
    status.backfill.emplace();
    status.backfill->seasons = {{.season = "2016-17", .state = SeasonState::kDone},
                                {.season = "2015-16", .state = SeasonState::kDone}};
  });
  const auto text = ask("GET", "/metrics")->reply->body;
  EXPECT_THAT(text, HasSubstr("nbasync_backfill_seasons{state=\"done\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("nbasync_backfill_seasons{state=\"failed\"} 0\n"));
}

}  // namespace
}  // namespace nbasync::testing
