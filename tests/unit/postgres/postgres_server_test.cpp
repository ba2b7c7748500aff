#include <csignal>
#include <thread>

#include "postgres_fixture.hpp"

namespace nbasync {
namespace {

using ::testing::AllOf;
using testing::error_of;
using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

// A server that is not there, does not let us in, does not answer, ends the session.
class PostgresServerTest : public testing::PostgresFixture {
 protected:
  static constexpr const char* kSleepers =
      "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%' "
      "AND pid <> pg_backend_pid()";

  // Runs `sql` until it is asked to stop, once `watcher` sees it wait.
  Error stopped(Connection& connection, Connection& watcher, const std::string& sql) {
    std::stop_source stop;
    std::jthread stopper([&] {
      comes(watcher, kSleepers, "1");
      stop.request_stop();
    });
    return error_of([&] { connection.run(sql, {}, stop.get_token()); });
  }
};

TEST_F(PostgresServerTest, NoServerIsTold) {
  PostgresConnection connection(PostgresAddress("postgresql:///nba?host=/nonexistent", "hunter2"));
  const auto error = error_of([&] { connection.run("SELECT 1", {}, {}); });
  EXPECT_EQ(error.code(), Errc::kStorage);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("database postgresql:///nba?host=/nonexistent: "),
                                  HasSubstr("No such file"), HasSubstr("see that the server runs"),
                                  Not(HasSubstr("hunter2"))));
}

TEST_F(PostgresServerTest, NoDatabaseIsTold) {
  std::string url = server_->url(name_);
  url.replace(url.find("/postgres?"), 10, "/not_there?");
  PostgresConnection connection{PostgresAddress(url)};
  EXPECT_THAT(error_of([&] { connection.run("SELECT 1", {}, {}); }).what(),
              HasSubstr("\"not_there\" does not exist"));
}

TEST_F(PostgresServerTest, PasswordIsWantedAndNeverTold) {
  auto owner = connect();
  const std::string user = "guest_" + name_;
  run(owner, "CREATE USER " + user + " PASSWORD 'hunter2'");
  const auto ask_as = [&](const std::string& password) {
    PostgresConnection guest(PostgresAddress(server_->url(name_, user), password));
    return ask(guest, "SELECT current_user");
  };
  EXPECT_EQ(ask_as("hunter2"), (Table{{user}}));
  const auto wrong = error_of([&] { ask_as("hunter3"); });
  EXPECT_THAT(wrong.what(),
              AllOf(HasSubstr(user), HasSubstr("see that the password"), Not(HasSubstr("hunter"))));
  EXPECT_THAT(error_of([&] { ask_as(""); }).what(), HasSubstr("wants a password"));

  run(owner, "CREATE TABLE t (i bigint)");
  run(owner, "GRANT USAGE ON SCHEMA " + name_ + " TO " + user);
  PostgresConnection guest(PostgresAddress(server_->url(name_, user), "hunter2"));
  EXPECT_THAT(error_of([&] { guest.run("INSERT INTO t VALUES (1)", {}, {}); }).what(),
              AllOf(HasSubstr("permission denied for table t"), HasSubstr("grant it")));
}

TEST_F(PostgresServerTest, StopRequestEndsAStatementHereAndThere) {
  auto connection = connect();
  auto watcher = connect();
  EXPECT_EQ(stopped(connection, watcher, "SELECT pg_sleep(100)").code(), Errc::kCancelled);
  EXPECT_TRUE(comes(watcher, kSleepers, "0"));
  EXPECT_EQ(ask(connection, "SELECT 1"), (Table{{"1"}}));
}

TEST_F(PostgresServerTest, StopRequestWithinATransactionUndoesIt) {
  auto connection = connect();
  auto watcher = connect();
  run(connection, "CREATE TABLE t (i bigint)");
  const auto error = error_of([&] {
    connection.transaction(
        [&] {
          run(connection, "INSERT INTO t VALUES (1)");
          throw stopped(connection, watcher, "SELECT pg_sleep(100)");
        },
        {});
  });
  EXPECT_EQ(error.code(), Errc::kCancelled);
  EXPECT_EQ(ask(connection, "SELECT count(*) FROM t"), (Table{{"0"}}));
}

TEST_F(PostgresServerTest, LockOfAnotherIsNotWaitedForTooLong) {
  auto connection = connect({.statement_timeout = 200ms});
  auto other = connect();
  run(other, "CREATE TABLE t (i bigint)");
  other.transaction(
      [&] {
        run(other, "LOCK TABLE t");
        const auto error = error_of([&] { run(connection, "INSERT INTO t VALUES (1)"); });
        EXPECT_EQ(error.code(), Errc::kStorageBusy);
        EXPECT_THAT(error.what(), HasSubstr("has not answered for 0.2 s; another session"));
      },
      {});
  EXPECT_EQ(run(connection, "INSERT INTO t VALUES (2)"), 1);
  EXPECT_EQ(ask(other, "SELECT i FROM t"), (Table{{"2"}}));
}

// It has a full buffer then, and so have we.
TEST_F(PostgresServerTest, ServerThatDoesNotReadIsNotWaitedForTooLong) {
  auto connection = connect({.statement_timeout = 200ms});
  const auto pid = std::stoi(ask(connection, "SELECT pg_backend_pid()").at(0).at(0));
  ASSERT_EQ(::kill(pid, SIGSTOP), 0);
  const auto error =
      error_of([&] { run(connection, "SELECT length($1)", {std::string(20'000'000, 'x')}); });
  ::kill(pid, SIGCONT);
  EXPECT_THAT(error.what(), HasSubstr("has not answered for 0.2 s"));
}

TEST_F(PostgresServerTest, SessionThatTheServerEndedIsMadeAnew) {
  auto connection = connect();
  auto other = connect();
  const auto end_it = [&] {
    const auto pid = ask(connection, "SELECT pg_backend_pid()").at(0).at(0);
    run(other, "SELECT pg_terminate_backend(" + pid + ")");
    EXPECT_TRUE(comes(other, "SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid, "0"));
  };
  end_it();
  EXPECT_EQ(ask(connection, "SELECT 1"), (Table{{"1"}}));

  run(connection, "CREATE TABLE t (i bigint)");
  const auto error = error_of([&] {
    connection.transaction(
        [&] {
          run(connection, "INSERT INTO t VALUES (1)");
          end_it();
          error_of([&] { run(connection, "INSERT INTO t VALUES (2)"); });
          run(connection, "INSERT INTO t VALUES (3)");
        },
        {});
  });
  EXPECT_THAT(error.what(), HasSubstr("nothing was changed"));
  EXPECT_EQ(ask(connection, "SELECT count(*) FROM t"), (Table{{"0"}}));
}

TEST_F(PostgresServerTest, StoppedProcessDoesNotKeepItsLocks) {
  auto connection = connect();
  auto other = connect();
  run(connection, "CREATE TABLE t (i bigint)");
  connection.transaction(
      [&] {
        EXPECT_EQ(ask(connection, "SHOW idle_in_transaction_session_timeout"), (Table{{"5s"}}));
      },
      {});
  EXPECT_EQ(ask(connection, "SHOW idle_in_transaction_session_timeout"), (Table{{"0"}}));
}

}  // namespace
}  // namespace nbasync
