#include "ctl/transport/status_events.hpp"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace nbasync::ctl {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StatusEventsTest : public ::testing::Test {
 protected:
  // "started a", "progress a teams 20", "finished a success".
  std::vector<std::string> then(const json& status) {
    std::vector<std::string> words;
    for (const auto& event : events_.since_last(answer_of<protocol::Status>(status))) {
      auto text = event.name + " " + event.told->run_id;
      if (!event.told->step.empty()) {
        text += " " + event.told->step + " " + std::to_string(event.told->percent.value_or(0));
      }
      if (event.told->run) text += " " + std::string(to_string(event.told->run->status));
      words.push_back(text);
    }
    return words;
  }
  static json run(const char* id, const char* status = "success") {
    return {{"run_id", id}, {"sync_type", "teams"}, {"status", status}};
  }
  static json current(const char* id, const char* step = "", int percent = 0) {
    return {{"run_id", id}, {"sync_type", "full"}, {"step", step}, {"percent", percent}};
  }

  StatusEvents events_;
};

TEST_F(StatusEventsTest, FirstStatusTellsWhatRunsAndNotWhatHasEnded) {
  EXPECT_THAT(then({{"current_sync", current("b", "teams", 20)},
                    {"recent_syncs", json::array({run("a")})}}),
              ElementsAre("started b", "progress b teams 20"));
}

TEST_F(StatusEventsTest, WhatIsNewIsToldOnceInItsOrder) {
  then({{"recent_syncs", json::array({run("a")})}});
  EXPECT_THAT(then({{"recent_syncs", {run("c", "failed"), run("b"), run("a")}},
                    {"queue", {{{"run_id", "e"}, {"sync_type", "teams"}}}},
                    {"current_sync", current("d")}}),
              ElementsAre("finished b success", "finished c failed", "queued e", "started d"));
  EXPECT_THAT(then({{"recent_syncs", {run("c", "failed"), run("b"), run("a")}},
                    {"queue", {{{"run_id", "e"}, {"sync_type", "teams"}}}},
                    {"current_sync", current("d")}}),
              IsEmpty());
}

TEST_F(StatusEventsTest, ProgressIsToldWhenItMoves) {
  then({{"current_sync", current("a", "teams", 20)}});
  EXPECT_THAT(then({{"current_sync", current("a", "teams", 20)}}), IsEmpty());
  EXPECT_THAT(then({{"current_sync", current("a", "games", 40)}}),
              ElementsAre("progress a games 40"));
}

TEST_F(StatusEventsTest, ProgressHasTheRequestsAndSteps) {
  auto status = current("a", "teams", 20);
  status["requests_done"] = 1;
  status["requests_expected"] = 3;
  status["steps"] = {{{"name", "teams"}, {"status", "started"}}};
  StatusEvents events;
  const auto told = events.since_last(answer_of<protocol::Status>({{"current_sync", status}}));
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].told->requests_done, 1U);
  EXPECT_EQ(told[1].told->requests_expected, 3U);
  EXPECT_EQ(told[1].told->steps.at(0).name, "teams");
}

}  // namespace
}  // namespace nbasync::ctl
