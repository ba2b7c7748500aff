#include <gmock/gmock.h>

#include <chrono>
#include <optional>
#include <string>

#include "cluster_fixture.hpp"
#include "support/feed_replay.hpp"
#include "support/postgres_proxy.hpp"
#include "sync_messages.hpp"

namespace nbasync::testing {
namespace {

// One of the daemons reaches the server by a way on which what is said can be lost.
class LostAnswerTest : public ClusterTest {
 protected:
  LostAnswerTest() { lease_ = kSoon; }

  Member& start_beyond_proxy(const std::string& name) {
    proxy_.emplace(PostgresServer::shared()->folder());
    const auto straight = std::exchange(url_, proxy_->url(url_));
    auto& member = start(name);
    url_ = straight;
    return member;
  }

  std::optional<PostgresProxy> proxy_;
};

class EachLostAnswer : public LostAnswerTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(EachLostAnswer, WhatWasDoneIsDoneOnce) {
  it_is("2025-12-01");
  auto& one = start_beyond_proxy("one");
  ASSERT_TRUE(one.process->wait_for("the lock is taken")) << one.process->err();
  ASSERT_EQ(tell(one, {"sync", "season_stats", "--timeout", "1m"}), 0) << err_;
  FeedReplay copy(place_.name());
  it_is("2026-04-12");
  const std::string point = GetParam();
  proxy_->lose_answer_to(point == "Data" ? "UPDATE team_season_stats" : kSyncMessages.at(point));
  const auto status = tell(one, {"sync", "season_stats", "--timeout", "1m", "--json"});
  EXPECT_TRUE(proxy_->has_lost());
  EXPECT_EQ(status, 0) << err_ << one.process->err();
  EXPECT_GT(json::parse(out_)["updated_count"], 0) << "it is told what was written";
  EXPECT_EQ(query("SELECT count(*), min(state), min(l.status) FROM nbasync_requests AS r JOIN "
                  "data_sync_log AS l USING (run_id) WHERE ticket = 2"),
            "1|ended|success");
  EXPECT_EQ(copy.catch_up(), "");
  const auto last = copy.last();
  EXPECT_EQ(tell(one, {"sync", "season_stats", "--force", "--timeout", "1m"}), 0) << err_;
  EXPECT_EQ(copy.catch_up(), "");
  EXPECT_EQ(copy.last(), last) << "there was nothing left to do";
}

INSTANTIATE_TEST_SUITE_P(Each, EachLostAnswer, ::testing::Values("Begin", "Data", "End"),
                         [](const auto& value) { return std::string(value.param); });

TEST_F(LostAnswerTest, WhoAsksIsInLineOnce) {
  start_holder();
  auto& two = start_beyond_proxy("two");
  proxy_->lose_answer_to("INSERT INTO nbasync_requests");
  EXPECT_EQ(tell(two, {"sync", "teams", "--timeout", "1m"}), 0) << err_;
  EXPECT_TRUE(proxy_->has_lost());
  EXPECT_EQ(query("SELECT count(*) FROM nbasync_requests"), "1");
  EXPECT_EQ(runs(), "teams|success");
}

TEST_F(LostAnswerTest, AHolderWithoutANetworkGivesTheLockUpBeforeAnotherHasIt) {
  it_is("2025-12-01");
  auto& one = start_beyond_proxy("one");
  ASSERT_TRUE(one.process->wait_for("the lock is taken")) << one.process->err();
  auto& door = start("door", "", "standby");
  const auto client = hold(door);
  proxy_->hold();
  auto& two = start("two");
  ASSERT_TRUE(two.process->wait_for("the lock is taken epoch=2")) << two.process->err();
  EXPECT_TRUE(one.process->wait_for("the server has not confirmed it", 1, std::chrono::seconds(1)))
      << one.process->err();
  EXPECT_EQ(tell(one, {"status", "--json"}), 0) << "it answers all the same: " << err_;
  EXPECT_EQ(client->wait(), 0) << client->err();
  proxy_->let_through();
  status_when(one, [](const json& now) { return now.value("holder", "") == "two"; });
  EXPECT_EQ(tell(one, {"sync", "schedule", "--timeout", "1m"}), 0) << err_;
  EXPECT_EQ(runs(), "teams|success\nschedule|success");
}

}  // namespace
}  // namespace nbasync::testing
