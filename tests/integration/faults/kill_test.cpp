#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <random>
#include <system_error>

#include "integration/faults/fault_fixture.hpp"
#include "support/feed_replay.hpp"

// kill -9 at any call on the database's files: within a transaction, a commit, the log's emptying,
// and the start.

namespace nbasync::testing {
namespace {

using std::chrono::seconds;
using ::testing::AnyOf;

class KillTest : public FaultFixture {
 protected:
  using Tables = std::map<std::string, std::size_t>;

  static constexpr std::pair<const char*, const char*> kTableOfStep[] = {
      {"teams", "nba_teams"},
      {"schedule", "games"},
      {"season_stats", "team_season_stats"},
      {"game_logs", "team_game_logs"}};

  // What the log says of a run that was killed, and what the tables are.
  void expect_before_or_after(const std::string& run, const Tables& before, const Tables& after) {
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
    const auto now = tables();
    for (const auto& [table, digest] : now) {
      EXPECT_THAT(digest, AnyOf(before.at(table), after.at(table))) << table;
    }
    for (const auto& [step, table] : kTableOfStep) {
      if (query("SELECT status FROM data_sync_log WHERE run_id = '" + run + "/" + step + "'") ==
          "success") {
        EXPECT_EQ(now.at(table), after.at(table)) << "the log says that it was synced";
      }
    }
    if (query("SELECT status FROM data_sync_log WHERE run_id = '" + run + "'") == "success") {
      EXPECT_EQ(now, after) << "the log says that it succeeded";
    }
  }

  // The run's id; empty if the daemon died before it answered.
  std::string start_full_sync() const {
    const auto reply = sync(R"({"sync_type":"full","if_busy":"fail","async":true})");
    EXPECT_THAT(reply.status, AnyOf(0, 202)) << reply.body;
    const auto answer = nlohmann::json::parse(reply.body, nullptr, false);
    return answer.is_object() ? answer.value("run_id", "") : "";
  }
  // Or for that of the daemon.
  void wait_for_end(const std::string& run) const {
    try {
      ask("GET", "/api/v1/runs/" + run + "?wait=60s");
    } catch (const std::system_error&) {  // nobody listens any more
    }
  }

  std::mt19937 random_{20251125};
};

TEST_F(KillTest, AtAnyCallOfASyncTablesAreAsBeforeOrAsAfterAndTheNextStartIsClean) {
  ASSERT_TRUE(start_ready());
  const Tables editions[] = {tables_of(0), tables_of(1)};
  faults_.none();
  ASSERT_EQ(tables_of(0), editions[0]);
  const auto calls = faults_.calls();
  ASSERT_GT(calls, 50) << "they are counted";
  FeedReplay copy(database_);
  int killed = 0;
  int interrupted = 0;
  const int wanted = from_environment("NBASYNC_KILLS", rounds(12));
  int tries = 0;
  for (; killed < wanted && tries < 3 * wanted; ++tries) {
    SCOPED_TRACE("round " + std::to_string(tries));
    const auto before = tables();
    const auto target = static_cast<std::size_t>(tries + 1) % 2;
    editions_.publish(target);
    faults_.kill_at(std::uniform_int_distribution<long>(1, calls)(random_));
    const auto since = std::chrono::steady_clock::now();
    const auto run = start_full_sync();
    EXPECT_LT(std::chrono::steady_clock::now() - since, seconds(1)) << "the lock is free";
    if (!run.empty()) wait_for_end(run);
    if (faults_.reached()) {
      ++killed;
      ASSERT_EQ(daemon_->wait(), -SIGKILL) << daemon_->err();
    } else {
      ASSERT_NE(run, "");
      daemon_->signal(SIGTERM);
      ASSERT_EQ(daemon_->wait(), 0) << daemon_->err();
    }
    faults_.none();
    ASSERT_TRUE(start_ready());
    expect_before_or_after(run, before, editions[target]);
    EXPECT_EQ(copy.catch_up(), "") << "the feed says exactly what the tables say";
    EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE status = 'started'"), "0");
    interrupted +=
        query("SELECT status FROM data_sync_log WHERE run_id = '" + run + "'") == "interrupted";
  }
  std::printf("%d tries, %d kills, %d runs interrupted, %ld calls a sync\n", tries, killed,
              interrupted, calls);
  EXPECT_EQ(killed, wanted);
  EXPECT_GT(interrupted, wanted / 2);
  EXPECT_EQ(tables_of(0), editions[0]);
}

TEST_F(KillTest, AtAnyCallOfTheFirstStartTheNextOneIsClean) {
  const auto step = from_environment("NBASYNC_IO_STEP", stride(25));
  int killed = 0;
  for (long at = 1;; at += at < 12 ? 1 : step) {  // first the file is made
    SCOPED_TRACE("call " + std::to_string(at));
    for (const auto* end : {"", "-wal", "-shm", "-journal", ".lock"}) {
      std::filesystem::remove(database_.string() + end);
    }
    faults_.kill_at(at);
    if (start_ready()) break;
    ++killed;
    ASSERT_EQ(daemon_->wait(), -SIGKILL) << daemon_->err();
    faults_.none();
    ASSERT_EQ(once("teams"), 0) << err_;
    ASSERT_EQ(query("PRAGMA integrity_check"), "ok");
  }
  EXPECT_GT(killed, 3);
}

}  // namespace
}  // namespace nbasync::testing
