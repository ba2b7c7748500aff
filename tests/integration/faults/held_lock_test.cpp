#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>

#include "integration/faults/fault_fixture.hpp"

// Another program holds the database's write lock for a shorter, and for a longer time than a sync
// waits.

namespace nbasync::testing {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

class HeldLockTest : public FaultFixture {
 protected:
  void start_and_hold(const std::string& busy_timeout) {
    configure_database("busy_timeout: " + busy_timeout);
    ASSERT_TRUE(start_ready());
    ASSERT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
    other_.emplace(database_.string(), SQLite::OPEN_READWRITE);
    other_->exec("BEGIN IMMEDIATE");
  }

  std::optional<SQLite::Database> other_;
};

TEST_F(HeldLockTest, ASyncWaitsForTheOtherProgramAndThenSucceeds) {
  start_and_hold("30s");
  const auto run = start_sync("schedule");
  EXPECT_EQ(get("/api/v1/status")["current_sync"]["run_id"], run);
  other_->exec("ROLLBACK");
  EXPECT_EQ(get("/api/v1/runs/" + run + "?wait=30s")["status"], "success");
  EXPECT_EQ(query("SELECT count(*) FROM games"), "1231");
}

TEST_F(HeldLockTest, ItsPatienceEndsWithAPlainErrorAndTheStatusIsToldAllTheWhile) {
  start_and_hold("1s");
  const auto run = start_sync("schedule");
  int asked = 0;
  while (get("/api/v1/status")["sync_in_progress"] == true) {
    const auto since = std::chrono::steady_clock::now();
    get("/api/v1/status");
    EXPECT_LT(std::chrono::steady_clock::now() - since, seconds(1));
    ++asked;
  }
  EXPECT_GT(asked, 10);
  const auto ended = get("/api/v1/runs/" + run);
  EXPECT_EQ(ended["status"], "failed") << ended;
  EXPECT_EQ(ended["error_code"], "storage-busy") << ended;
  EXPECT_THAT(ended["error_message"].get<std::string>(),
              HasSubstr("another program has held it for 1 s; see who has it open"));
  EXPECT_EQ(query("SELECT count(*) FROM games"), "0");
  other_->exec("ROLLBACK");
  EXPECT_EQ(sync(R"({"sync_type":"schedule"})").status, 200);
  EXPECT_EQ(query("SELECT status FROM data_sync_log WHERE run_id = '" + run + "'"), "failed");
}

// A reader does not hold up the writer, but keeps the write-ahead log from being emptied.
TEST_F(HeldLockTest, ALongReaderIsToldOfAndTheLogIsEmptiedAfterIt) {
  ASSERT_TRUE(start_ready());
  ASSERT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  SQLite::Database reader(database_.string(), SQLite::OPEN_READONLY);
  reader.exec("BEGIN");
  reader.execAndGet("SELECT count(*) FROM nba_teams");
  {
    SQLite::Database user(database_.string(), SQLite::OPEN_READWRITE);
    user.exec(
        "PRAGMA synchronous = OFF; CREATE TABLE notes (text BLOB); "
        "INSERT INTO notes VALUES (zeroblob(70000000))");
  }
  const auto log = database_.string() + "-wal";
  ASSERT_GT(std::filesystem::file_size(log), 64U << 20);
  EXPECT_EQ(sync(R"({"sync_type":"schedule"})").status, 200);
  EXPECT_TRUE(daemon_->wait_for("write-ahead log large bytes=")) << daemon_->err();
  EXPECT_EQ(get("/api/teams")["count"], 30);
  reader.exec("COMMIT");
  EXPECT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  EXPECT_EQ(std::filesystem::file_size(log), 0U);
}

}  // namespace
}  // namespace nbasync::testing
