#include <functional>
#include <thread>
#include <vector>

#include "postgres_fixture.hpp"

namespace nbasync {
namespace {

// Where the server undoes what comes too late: default_transaction_isolation=serializable.
class SerializableTest : public testing::PostgresFixture {
 protected:
  PostgresConnection serializable() const {
    return PostgresConnection(
        PostgresAddress(server_->url(name_) + "%20-cdefault_transaction_isolation%3Dserializable"));
  }
  // Works while another transaction changes the row that is there, which then commits.
  void meet_another(const std::function<void()>& work) {
    auto look = connect();
    auto first = connect();
    std::jthread thread;
    first.transaction(
        [&] {
          run(first, "UPDATE t SET i = i + 1");
          thread = std::jthread(work);
          EXPECT_TRUE(comes(look, "SELECT count(*) FROM pg_locks WHERE NOT granted", "1"));
        },
        {});
  }
};

TEST_F(SerializableTest, WhatWasUndoneForAnotherIsDoneAgain) {
  auto connection = serializable();
  run(connection, "CREATE TABLE t (i bigint)");
  run(connection, "INSERT INTO t VALUES (0)");
  meet_another([&] { EXPECT_EQ(run(connection, "UPDATE t SET i = i + 10"), 1); });
  meet_another([&] {
    EXPECT_EQ(ask(connection, "UPDATE t SET i = i + 100 RETURNING i"), (Table{{"112"}}));
  });
  meet_another(
      [&] { connection.write([&] { run(connection, "UPDATE t SET i = i + 1000"); }, {}); });
  EXPECT_EQ(ask(connection, "SELECT i FROM t"), (Table{{"1113"}}));
}

// Each reads what the other writes. One of them is undone, as late as at its end.
TEST_F(SerializableTest, ARowOfWhatWasUndoneIsNotTold) {
  auto look = connect();
  run(look, "CREATE TABLE t (i bigint)");
  std::vector<Table> told(2);
  std::vector<std::jthread> threads;
  auto gate = connect();
  gate.transaction(
      [&] {
        run(gate, "SELECT pg_advisory_xact_lock(7)");
        for (auto& rows : told) {
          threads.emplace_back([&] {
            auto connection = serializable();
            rows = ask(connection,
                       "INSERT INTO t SELECT count(*) FROM t, pg_advisory_xact_lock_shared(7) "
                       "RETURNING i");
          });
        }
        EXPECT_TRUE(comes(look, "SELECT count(*) FROM pg_locks WHERE NOT granted", "2"));
      },
      {});
  threads.clear();
  ASSERT_EQ(told[0].size(), 1u);
  ASSERT_EQ(told[1].size(), 1u);
  EXPECT_NE(told[0], told[1]) << "one after the other";
}

}  // namespace
}  // namespace nbasync
