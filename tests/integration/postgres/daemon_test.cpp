#include <gmock/gmock.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <stop_token>
#include <thread>

#include "dataset/catalog.hpp"
#include "db/look.hpp"
#include "integration/daemon/client_fixture.hpp"
#include "protocol/errors.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// All that a sync has written, a line a row.
std::string data_of(Connection& connection) {
  std::string text;
  for (const Table* table : tables()) {
    std::string names;
    std::string key;
    for (const Column& column : table->columns) {
      names += (names.empty() ? "" : ", ") + std::string(column.name);
      if (column.key) key += (key.empty() ? "" : ", ") + std::string(column.name);
    }
    text += std::string(table->name) + "\n";
    connection.each("SELECT " + names + " FROM " + std::string(table->name) + " ORDER BY " + key,
                    {},
                    [&](Row row) {
                      for (std::size_t c = 0; c < row.size(); ++c) text += to_text(row[c]) + '|';
                      text += '\n';
                    },
                    {});
  }
  return text;
}

// The real programs with database.url: a PostgreSQL of the test's own.
class PostgresDaemonTest : public ClientFixture {
 protected:
  // A second daemon on the same database, of another configuration.
  std::unique_ptr<Process> spawn_other(std::vector<std::string> words = {}) const {
    const auto config = directory_.path() / "other.yaml";
    std::string place = place_.configuration();
    place.replace(place.find("here"), 4, "there");
    std::ofstream(config) << place << "season: 2025-26\ndbus: {bus: none}\n"
                          << "control: {socket: " << other_socket_ << "}\n"
                          << "upstream: {stats_url: " << upstream_.stats_url()
                          << ", cdn_url: " << upstream_.cdn_url() << ", min_interval: 0s}\n"
                          << "sync: {on_start: never}\n";
    words.insert(words.begin(), {NBASYNCD, "--config", config.string()});
    return std::make_unique<Process>(words);
  }
  int ask_other(Words words) {
    words.insert(words.begin(), {NBASYNCCTL, "--socket", other_socket_.string()});
    Process process(words);
    const auto status = process.wait();
    err_ = process.err();
    return status.value_or(-1000);
  }
  std::string lease() const { return query("SELECT token FROM nbasync_lease"); }

  std::filesystem::path other_socket_ = directory_.path() / "other.sock";
};

TEST_F(PostgresDaemonTest, AFullSyncWritesWhatItWritesToAFile) {
  full_is_all();
  ASSERT_EQ(once("full"), 0) << out_ << err_;
  EXPECT_EQ(lease(), "") << "it is given back";

  const auto file = directory_.path() / "nba_data.db";
  Process process(
      {NBASYNCD, "--config", config_.string(), "--database", file.string(), "--once", "full"});
  ASSERT_EQ(process.wait(), 0) << process.out() << process.err();
  const auto expected = data_of(*connect_to_look(file.string()));
  EXPECT_GT(expected.size(), 1'000'000U);
  EXPECT_EQ(data_of(*look_at(place_.name())) == expected, true);
}

// A lock on a row is written to the server's log as a new row is.
TEST_F(PostgresDaemonTest, AnIdenticalSyncWritesAndLocksNoRowOfTheData) {
  const auto versions = [&] {
    std::string text;
    for (const Table* table : tables()) {
      text += std::string(table->name) + ' ' +
              query(
                  "SELECT count(*), md5(string_agg(concat(ctid, xmin, xmax), '' ORDER BY ctid)) "
                  "FROM " +
                  std::string(table->name)) +
              '\n';
    }
    return text;
  };
  full_is_all();
  ASSERT_EQ(once("full"), 0) << out_ << err_;
  const auto before = versions();
  EXPECT_THAT(before, HasSubstr("team_game_logs 2"));
  ASSERT_EQ(once("full"), 0) << out_ << err_;
  EXPECT_EQ(versions(), before);
  execute("UPDATE games SET arena = 'x' WHERE id = '0022500001'");
  EXPECT_NE(versions(), before);
}

// It serves, and what it is asked the holder carries out; it takes over from the dead.
TEST_F(PostgresDaemonTest, ASecondOneServesAndTakesOver) {
  start_daemon();
  const auto sentence =
      "is held by a daemon with pid " + std::to_string(daemon_->pid()) + " on here";
  const auto second = spawn_other();
  ASSERT_TRUE(second->wait_for("another has the lock")) << second->err();
  EXPECT_THAT(second->err(), HasSubstr(sentence));
  EXPECT_EQ(ask_other({"sync", "teams"}), 0) << err_;
  ASSERT_TRUE(daemon_->wait_for("status=success")) << "by the first one";
  const auto single = spawn_other({"--once", "teams"});
  EXPECT_NE(single->wait(), 0);
  EXPECT_THAT(single->err(), HasSubstr(sentence));

  daemon_->signal(SIGKILL);
  daemon_->wait();
  EXPECT_EQ(ask_other({"sync", "teams"}), 0) << err_;
  EXPECT_TRUE(second->wait_for("the lock is taken")) << second->err();
}

// Whatever it waits for there.
TEST_F(PostgresDaemonTest, SigtermEndsOneThatCannotHaveTheLease) {
  ASSERT_EQ(once("teams"), 0) << err_;
  std::stop_source stop;
  std::jthread other([&] {
    const auto connection = look_at(place_.name());
    const auto hold = [&] {
      connection->run("LOCK TABLE nbasync_lease IN ACCESS EXCLUSIVE MODE", {}, {});
      connection->run("SELECT pg_sleep(60)", {}, {});
    };
    EXPECT_THROW(connection->write(hold, stop.get_token()), Error);
  });
  while (
      query("SELECT count(*) FROM pg_locks WHERE relation = 'nbasync_lease'::regclass AND mode = "
            "'AccessExclusiveLock' AND granted") == "0") {
  }
  daemon_ = spawn_daemon();
  EXPECT_TRUE(daemon_->wait_for("nothing is synced until this is mended")) << daemon_->err();
  EXPECT_THAT(daemon_->err(), HasSubstr("see pg_stat_activity"));
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(std::chrono::seconds(5)), 0);
  stop.request_stop();
}

// What a process that was stopped sends when it goes on meets the fence; it follows by then, and
// the new holder has done what it was asked.
TEST_F(PostgresDaemonTest, AHolderThatWasStoppedChangesNothingAfterATakeover) {
  start_daemon();
  ASSERT_EQ(client({"sync", "full"}), 0) << err_;
  execute("DELETE FROM nba_teams");
  upstream_.set_fault("*", "hang*1");
  const auto asked = upstream_.count();
  const auto waiting = spawn_client({"sync", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(asked + 1));
  daemon_->signal(SIGSTOP);
  const auto second = spawn_other();
  ASSERT_TRUE(second->wait_for("status=success")) << second->err();
  execute("DELETE FROM nba_teams");
  upstream_.release();
  daemon_->signal(SIGCONT);
  EXPECT_EQ(waiting->wait(), 0) << waiting->err();
  ASSERT_TRUE(daemon_->wait_for("the lock is lost")) << daemon_->err();
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "0") << "its answer came too late";
  EXPECT_EQ(query("SELECT status FROM data_sync_log WHERE run_id NOT LIKE '%/%' ORDER BY id"),
            "success\nsuccess");
  EXPECT_EQ(run(kOverSocket, {"status"}), 0) << err_;
  second->signal(SIGTERM);
  EXPECT_EQ(second->wait(), 0) << second->err();
  ASSERT_TRUE(daemon_->wait_for("the lock is taken")) << daemon_->err();
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
}

}  // namespace
}  // namespace nbasync::testing
