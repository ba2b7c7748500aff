#include <gmock/gmock.h>

#include <chrono>
#include <csignal>

#include "integration/faults/fault_fixture.hpp"

// The bus goes away and comes back, at every step of a sync.

namespace nbasync::testing {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

class BusGoneTest : public FaultFixture {
 protected:
  void SetUp() override { ASSERT_TRUE(start_ready()); }

  // It is back, and the daemon on it, in time.
  void start_bus() {
    bus_.start();
    const auto since = std::chrono::steady_clock::now();
    ASSERT_TRUE(daemon_->wait_for("bus connected", ++connections_ + 1)) << daemon_->err();
    EXPECT_LT(std::chrono::steady_clock::now() - since, seconds(2));
  }
  void expect_the_same_daemon() {
    EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
    daemon_->signal(SIGTERM);
    EXPECT_EQ(daemon_->wait(), 0) << daemon_->err();
  }

  std::size_t connections_ = 0;  // but for the first
};

TEST_F(BusGoneTest, TheRunGoesOnWhereverItIs) {
  for (const std::string endpoint : {"commonteamyears", "scheduleLeagueV2", "leaguedashteamstats",
                                     "teamgamelogs", "todaysScoreboard_00"}) {
    SCOPED_TRACE(endpoint);
    const auto already = upstream_.count(endpoint);
    upstream_.clear_faults();
    upstream_.set_fault(endpoint, "hang");
    const auto run = start_sync("full");
    for (std::size_t all = upstream_.count(); upstream_.count(endpoint) == already; ++all) {
      ASSERT_TRUE(upstream_.wait_for_requests(all + 1));
    }
    bus_.kill();
    EXPECT_EQ(get("/api/v1/status")["current_sync"]["run_id"], run);
    start_bus();
    EXPECT_EQ(client({"status"}), 0) << err_;
    upstream_.release();
    const auto reply = ask("GET", "/api/v1/runs/" + run + "?wait=20s");
    ASSERT_THAT(reply.body, HasSubstr("\"status\":\"success\"")) << daemon_->err();
  }
  expect_the_same_daemon();
}

TEST_F(BusGoneTest, WhoWaitsOnItIsDisconnectedAndHisRunGoesOn) {
  upstream_.set_fault("leaguestandingsv3", "hang");
  auto running = spawn_client({"sync", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  auto waiting = spawn_client({"sync", "schedule", "--timeout", "60s"});
  ASSERT_TRUE(daemon_->wait_for("sync queued")) << daemon_->err();
  bus_.kill();
  EXPECT_EQ(running->wait(), 6) << running->err();
  EXPECT_EQ(waiting->wait(), 6) << waiting->err();
  start_bus();
  upstream_.release();
  EXPECT_EQ(client({"sync", "todays_games", "--timeout", "60s"}), 0) << err_;
  EXPECT_EQ(query("SELECT group_concat(sync_type || ' ' || status) FROM data_sync_log"),
            "teams success,schedule success,todays_games success");
  expect_the_same_daemon();
}

TEST_F(BusGoneTest, AReloadAndACancelDoNotMissIt) {
  upstream_.set_fault("leaguestandingsv3", "hang");
  const auto run = start_sync("teams");
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  bus_.kill();
  daemon_->signal(SIGHUP);
  EXPECT_TRUE(manager_.wait_for("RELOADING=1"));
  EXPECT_TRUE(manager_.wait_for("READY=1"));
  EXPECT_EQ(ask("DELETE", "/api/v1/runs/" + run).status, 202);
  EXPECT_EQ(get("/api/v1/runs/" + run + "?wait=30s")["status"], "cancelled");
  start_bus();
  upstream_.release();
  expect_the_same_daemon();
}

}  // namespace
}  // namespace nbasync::testing
