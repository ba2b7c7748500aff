#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <optional>
#include <string>

#include "integration/daemon/control_fixture.hpp"

// Another program holds the database's write lock, and goes on holding it. A writer waits for it
// for 30 s: nobody else may feel that.

namespace nbasync::testing {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

class HeldDatabaseTest : public ControlFixture {
 protected:
  void SetUp() override {
    start_daemon();
    ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
    other_.emplace(database_.string(), SQLite::OPEN_READWRITE);
    other_->exec("BEGIN IMMEDIATE");
  }

  static bool within(seconds limit, std::chrono::steady_clock::time_point since) {
    return std::chrono::steady_clock::now() - since < limit;
  }

  std::optional<SQLite::Database> other_;
};

TEST_F(HeldDatabaseTest, ARunThatCannotBeginIsCancelledAtOnce) {
  const auto run = start_sync("schedule");
  EXPECT_EQ(get("/api/v1/status")["current_sync"]["run_id"], run);
  const auto since = std::chrono::steady_clock::now();
  EXPECT_EQ(client({"cancel", run}), 0) << err_;
  EXPECT_EQ(get("/api/v1/runs/" + run + "?wait=20s")["status"], "cancelled");
  EXPECT_TRUE(within(seconds(5), since));
  other_->exec("ROLLBACK");
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  EXPECT_EQ(query("SELECT status FROM data_sync_log WHERE run_id = '" + run + "'"), "cancelled");
}

TEST_F(HeldDatabaseTest, ARunThatWaitsToCommitIsCancelledAtOnce) {
  other_->exec("ROLLBACK");
  upstream_.set_fault("scheduleLeagueV2", "hang");
  const auto run = start_sync("schedule");
  ASSERT_TRUE(upstream_.wait_for_requests(3));
  other_->exec("BEGIN IMMEDIATE");
  const auto since = std::chrono::steady_clock::now();
  EXPECT_EQ(client({"cancel", run}), 0) << err_;
  EXPECT_EQ(get("/api/v1/runs/" + run + "?wait=20s")["status"], "cancelled");
  EXPECT_TRUE(within(seconds(5), since));
}

TEST_F(HeldDatabaseTest, ReadersDoNotFeelIt) {
  start_sync("schedule");
  const auto since = std::chrono::steady_clock::now();
  EXPECT_EQ(get("/api/teams")["count"], 30);
  EXPECT_EQ(get("/api/v1/status")["sync_in_progress"], true);
  EXPECT_EQ(get("/api/v1/runs")["runs"][0]["status"], "success");
  EXPECT_EQ(client({"status", "-q"}), 0);
  EXPECT_TRUE(within(seconds(5), since));
}

TEST_F(HeldDatabaseTest, SigtermEndsTheDaemonInTime) {
  start_sync("schedule");
  start_sync("teams");
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0) << daemon_->err();
  other_->exec("ROLLBACK");
  start_daemon();
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE status = 'started'"), "0");
  EXPECT_EQ(client({"sync", "full"}), 0) << err_;
}

TEST_F(HeldDatabaseTest, AStartDoesNotWaitForIt) {
  upstream_.set_fault("scheduleLeagueV2", "hang");
  other_->exec("ROLLBACK");
  start_sync("schedule");
  ASSERT_TRUE(upstream_.wait_for_requests(3));
  daemon_->signal(SIGKILL);
  daemon_->wait();
  other_->exec("BEGIN IMMEDIATE");
  const auto since = std::chrono::steady_clock::now();
  start_daemon();
  EXPECT_TRUE(within(seconds(5), since));
  EXPECT_EQ(get("/api/v1/status")["recent_syncs"][0]["status"], "interrupted");
}

}  // namespace
}  // namespace nbasync::testing
