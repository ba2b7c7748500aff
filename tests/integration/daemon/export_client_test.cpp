#include <SQLiteCpp/SQLiteCpp.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "integration/daemon/client_fixture.hpp"
#include "support/file_text.hpp"
#include "support/raw_connection.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// What is taken away from a daemon that runs, over the socket.
class ExportClientTest : public ClientFixture {
 protected:
  int run(Words words) { return ClientFixture::run(kOverSocket, std::move(words)); }

  void start_filled() {
    start_daemon();
    ASSERT_EQ(run({"sync", "full"}), 0) << err_;
  }

  std::string content() const { return file_text(file_); }

  // Nothing half-written beside the file.
  bool is_alone() const {
    return std::ranges::none_of(std::filesystem::directory_iterator(folder_.path()),
                                [this](const auto& entry) { return entry.path() != file_; });
  }

  TemporaryDirectory folder_;
  std::filesystem::path file_ = folder_.path() / "taken";
};

TEST_F(ExportClientTest, ATableIsExportedWhole) {
  start_filled();
  EXPECT_EQ(run({"export", "team_game_logs", "--season", "2025-26", "--output", file_}), 0) << err_;
  const auto text = content();
  EXPECT_THAT(text, StartsWith("game_id,team_id,game_date,"));
  EXPECT_EQ(std::to_string(std::ranges::count(text, '\n') - 1),
            query("SELECT count(*) FROM team_game_logs"));
  EXPECT_TRUE(is_alone());
  EXPECT_EQ(run({"export", "v_standings", "--format", "ndjson"}), 0) << err_;
  EXPECT_EQ(std::ranges::count(out_, '\n'), 30);
  EXPECT_THAT(nlohmann::json::parse(out_.substr(0, out_.find('\n'))).dump(),
              HasSubstr("\"conference_rank\":1"));
}

TEST_F(ExportClientTest, ASnapshotIsADatabaseWithAllRows) {
  start_filled();
  ASSERT_EQ(run({"snapshot", file_}), 0) << err_;
  EXPECT_TRUE(is_alone());
  SQLite::Database snapshot(file_, SQLite::OPEN_READONLY);
  EXPECT_EQ(snapshot.execAndGet("PRAGMA integrity_check").getString(), "ok");
  EXPECT_NE(snapshot.execAndGet("PRAGMA journal_mode").getString(), "wal") << "one file is all";
  for (const auto* table : {"nba_teams", "games", "team_game_logs", "data_sync_log",
                            "nbasync_columns", "v_games", "v_team_form"}) {
    const auto count = std::string("SELECT count(*) FROM ") + table;
    EXPECT_EQ(snapshot.execAndGet(count).getString(), query(count)) << table;
  }
}

// A daemon takes it as its own.
TEST_F(ExportClientTest, ADaemonGoesOnWithASnapshot) {
  if (asks_postgres()) GTEST_SKIP() << "of a file";
  start_filled();
  ASSERT_EQ(run({"snapshot", file_}), 0) << err_;
  std::filesystem::rename(file_, database_);
  run({"sync", "teams"});
  EXPECT_EQ(run({"sync", "teams"}), 0) << err_;
}

TEST_F(ExportClientTest, WhoReadsNothingHoldsUpNobody) {
  start_filled();
  std::vector<RawConnection> idle;
  for (int i = 0; i < 2; ++i) {
    idle.push_back(RawConnection::to_socket(socket_));
    idle.back().send("GET /api/v1/snapshot HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(idle.back().read_until("\r\n\r\n"), HasSubstr("200 OK"));
  }
  EXPECT_EQ(run({"sync", "teams", "--timeout", "10s"}), 0) << err_;
  EXPECT_EQ(run({"standings", "-q"}), 0) << err_;
  EXPECT_EQ(run({"snapshot", file_}), 4) << "two are under way";
  EXPECT_THAT(err_, HasSubstr("as many files are being sent as there may be"));
  idle.pop_back();
  // By the time that the daemon has seen its end.
  while (run({"snapshot", file_}) == 4) {
  }
  EXPECT_THAT(content(), StartsWith("SQLite format 3"));
}

TEST_F(ExportClientTest, InterruptedItLeavesWhatWasThere) {
  start_daemon();
  std::ofstream(file_) << "before";
  daemon_->signal(SIGSTOP);
  const auto client = spawn(kOverSocket, {"snapshot", file_});
  while (is_alone()) {  // it has begun
  }
  client->signal(SIGINT);
  EXPECT_EQ(client->wait(), -SIGINT) << client->err();
  EXPECT_EQ(content(), "before");
  EXPECT_TRUE(is_alone());
  daemon_->signal(SIGCONT);
}

TEST_F(ExportClientTest, ADaemonThatIsKilledIsNotTakenForTheEnd) {
  start_daemon();
  std::ofstream(file_) << "before";
  daemon_->signal(SIGSTOP);
  const auto client = spawn(kOverSocket, {"export", "games", "--output", file_});
  while (is_alone()) {
  }
  daemon_->signal(SIGKILL);
  EXPECT_EQ(client->wait(), 6) << client->err();
  EXPECT_EQ(content(), "before");
  EXPECT_TRUE(is_alone());
}

TEST_F(ExportClientTest, AStopOfTheDaemonDoesNotWaitForWhoReadsNothing) {
  start_filled();
  auto idle = RawConnection::to_socket(socket_);
  idle.send("GET /api/v1/snapshot HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(idle.read_until("\r\n\r\n"), HasSubstr("200 OK"));
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(std::chrono::seconds(10)), 0);
  EXPECT_TRUE(idle.wait_for_close());
}

TEST_F(ExportClientTest, TheSchemaIsTold) {
  start_daemon();
  EXPECT_EQ(run({"schema", "games"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("home_score"));
  EXPECT_EQ(run({"schema", "gamez"}), 2);
  EXPECT_THAT(err_, HasSubstr("did you mean 'games'?"));
}

}  // namespace
}  // namespace nbasync::testing
