#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "integration/daemon/control_fixture.hpp"
#include "support/notify_socket.hpp"
#include "support/silent_bus.hpp"

// SIGTERM ends the daemon in time, with success, and loses nothing, whatever state it is in and
// whoever is in the way.

namespace nbasync::testing {
namespace {

using std::chrono::seconds;

class StopTest : public ControlFixture {
 protected:
  // What a service manager gives it, and more than the sum of all that a stop waits for.
  static constexpr seconds kLimit{5};

  // A daemon whose log need not be read.
  void start(const std::vector<std::string>& wrapped = {}) {
    auto words = wrapped;
    words.insert(words.end(), {NBASYNCD, "--config", config_.string()});
    daemon_ = std::make_unique<Process>(words);
    ASSERT_TRUE(manager_.wait_for("READY=1")) << daemon_->err();
  }

  void stop() {
    manager_.rest();  // so that there is room for its last words, however long the test took
    daemon_->signal(SIGTERM);
    EXPECT_EQ(daemon_->wait(kLimit), 0) << daemon_->err();
    EXPECT_TRUE(manager_.wait_for("STOPPING=1"));
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
  }

  // What the log says of this run, to the next daemon too.
  void expect_ended(const std::string& run, const std::string& status) {
    upstream_.clear_faults();
    upstream_.release();
    start();
    EXPECT_EQ(query("SELECT status FROM data_sync_log WHERE run_id = '" + run + "'"), status);
    EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE status = 'started'"), "0");
    EXPECT_EQ(get("/api/v1/runs/" + run)["status"], status);
    EXPECT_EQ(sync(R"({"sync_type":"full"})").status, 200);
    EXPECT_EQ(row_counts(), "30|1231|2462|90");
  }

  void drip() {
    upstream_.set_fault("*", "drip");
    const auto before = upstream_.count();
    run_ = start_sync("full");
    ASSERT_TRUE(upstream_.wait_for_requests(before + 1));
  }

  // As many as want events, and one that asked for much; none of them reads.
  void crowd() {
    for (int i = 0; i < 200; ++i) {
      crowd_.push_back(connect());
      crowd_.back().send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    crowd_.push_back(connect());
    crowd_.back().send("GET /api/game-logs?limit=5000 HTTP/1.1\r\nHost: x\r\n\r\n");
    crowd_.back().read_until("HTTP/1.1 200");
  }

  void hold_database() {
    other_.emplace(database_.string(), SQLite::OPEN_READWRITE, 30'000);
    other_->exec("BEGIN IMMEDIATE");
  }

  // Until a transaction is under way that takes long.
  void wait_for_transaction() const {
    for (bool free = true; free;) {
      SQLite::Database other(database_.string(), SQLite::OPEN_READWRITE, 1'000);
      free = other.tryExec("BEGIN IMMEDIATE") == SQLite::OK;
    }
  }

  // More signals than go into the buffer of sd-bus, which is 16 MB at most.
  void fill_bus() const {
    auto connection = connect();
    for (int i = 0; i < 8'000; ++i) {
      for (const auto* target : {"/api/v1/pause", "/api/v1/resume"}) {
        ASSERT_EQ(connection.ask("POST", target).status, 200);
      }
    }
  }

  // The program's standard error is a pipe that is full before the first line.
  std::vector<std::string> with_full_stderr() const {
    return {"sh", "-c",
            "mkfifo \"$0\" && exec 3<>\"$0\" && head -c 65536 /dev/zero >&3 && exec \"$@\" 2>&3",
            directory_.path() / "pipe"};
  }

  NotifySocket manager_;
  std::string run_;
  std::vector<RawConnection> crowd_;
  std::optional<SQLite::Database> other_;
};

TEST_F(StopTest, WhileUpstreamDrips) {
  start();
  drip();
  stop();
  EXPECT_EQ(row_counts(), "0|0|0|0");
  expect_ended(run_, "interrupted");
}

TEST_F(StopTest, WithinTheTransactionOfASeason) {
  start();
  SQLite::Database(database_.string(), SQLite::OPEN_READWRITE)
      .exec(
          "CREATE TRIGGER slow AFTER INSERT ON team_game_logs BEGIN "
          "SELECT count(*) FROM (WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL "
          "SELECT n + 1 FROM counter WHERE n < 1000000) SELECT n FROM counter); END");
  run_ = start_sync("game_logs");
  wait_for_transaction();
  stop();
  EXPECT_EQ(query("SELECT count(*) FROM team_game_logs"), "0");
  SQLite::Database(database_.string(), SQLite::OPEN_READWRITE).exec("DROP TRIGGER slow");
  expect_ended(run_, "interrupted");
}

TEST_F(StopTest, WhileAnotherProgramHoldsTheDatabase) {
  start();
  drip();
  hold_database();
  start_sync("teams");
  stop();
  other_.reset();
  expect_ended(run_, "interrupted");
}

TEST_F(StopTest, WithACrowdOfReadersThatDoNotRead) {
  start();
  run_ = start_sync("full");
  EXPECT_EQ(get("/api/v1/runs/" + run_ + "?wait=20s")["status"], "success");
  crowd();
  stop();
  expect_ended(run_, "success");
}

TEST_F(StopTest, WhileABusIsSilentBeforeTheConnectionStands) {
  bus_.freeze();
  start();
  drip();
  stop();
  bus_.thaw();
  expect_ended(run_, "interrupted");
}

TEST_F(StopTest, WhileABusIsSilentAfterItLetUsIn) {
  SilentBus bus;
  daemon_ = spawn_daemon();
  ASSERT_TRUE(bus.wait_for_message());
  stop();
}

TEST_F(StopTest, WhileABusIsSilent) {
  start();
  bus_.freeze();
  drip();
  stop();
  bus_.thaw();
  expect_ended(run_, "interrupted");
}

TEST_F(StopTest, WhileABusTakesNoMoreSignals) {
  start();
  bus_.freeze();
  fill_bus();
  drip();
  stop();
  bus_.thaw();
  expect_ended(run_, "interrupted");
}

TEST_F(StopTest, WhileAllOfItIsInTheWay) {
  start(with_full_stderr());
  ASSERT_EQ(sync(R"({"sync_type":"full"})").status, 200);
  bus_.freeze();
  fill_bus();
  drip();
  crowd();
  hold_database();
  start_sync("teams");
  stop();
  other_.reset();
  bus_.thaw();
  expect_ended(run_, "interrupted");
}

}  // namespace
}  // namespace nbasync::testing
