#include "control/status_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "control/json_reply.hpp"
#include "protocol/json.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;

RunRecord a_run(const std::string& id) {
  RunRecord run;
  run.run_id = id;
  run.sync_type = "teams";
  run.status = RunStatus::kFailed;
  run.error_message = R"(he said "recent_syncs":[] and "\xff")";
  run.steps.push_back(run);
  return run;
}

json expected(const protocol::Status& status) {
  return json::parse(json_text(protocol::to_json(status)));
}

json told(StatusText& text, protocol::Status status, std::size_t most = 20) {
  const std::deque<RunRecord> recent(status.recent_syncs.begin(), status.recent_syncs.end());
  status.recent_syncs.clear();
  return json::parse(text.of(status, recent, most));
}

TEST(StatusTextTest, IsTheStatusAsJson) {
  protocol::Status status;
  status.configuration.error = R"("recent_syncs":[])";
  StatusText text;
  EXPECT_EQ(told(text, status), expected(status));
  status.recent_syncs = {a_run("b"), a_run("a")};
  EXPECT_EQ(told(text, status), expected(status));
}

TEST(StatusTextTest, LeavesOutRunsThatAreNotAskedFor) {
  protocol::Status status;
  status.recent_syncs = {a_run("c"), a_run("b"), a_run("a")};
  StatusText text;
  auto two = expected(status);
  two["recent_syncs"].erase(2);
  EXPECT_EQ(told(text, status, 2), two);
  EXPECT_EQ(told(text, status), expected(status));
}

TEST(StatusTextTest, TellsTheRunsThatAreRecentNowInTheirOrder) {
  protocol::Status status;
  StatusText text;
  for (const auto& ids : {"a", "ba", "cba", "cb", "dcb", "", "ed"}) {
    status.recent_syncs.clear();
    for (const char id : std::string(ids)) status.recent_syncs.push_back(a_run({id}));
    EXPECT_EQ(told(text, status), expected(status)) << ids;
    EXPECT_EQ(told(text, status), expected(status)) << ids << ", again";
  }
}

// By another daemon, after the one that had begun it.
TEST(StatusTextTest, TellsOfARunThatWasBegunAnewHowItEndedLast) {
  protocol::Status status;
  StatusText text;
  status.recent_syncs = {a_run("a")};
  EXPECT_EQ(told(text, status), expected(status));
  status.recent_syncs[0].status = RunStatus::kSuccess;
  status.recent_syncs[0].completed_at = SystemTime{};
  EXPECT_EQ(told(text, status), expected(status));
}

}  // namespace
}  // namespace nbasync::testing
