#include "cluster/lease.hpp"

#include <gmock/gmock.h>

#include <future>
#include <memory>
#include <thread>

#include "postgres_fixture.hpp"

namespace nbasync::lease_test {
namespace {

using std::chrono::milliseconds;
using testing::error_of;
using ::testing::HasSubstr;

class LeaseTest : public testing::PostgresFixture {
 protected:
  std::unique_ptr<Lease> lease(const std::string& host,
                               milliseconds length = milliseconds(60'000)) {
    return std::make_unique<Lease>(PostgresAddress(server_->url(name_)),
                                   Lease::Options{length, host});
  }
  // A connection of that holder's.
  PostgresConnection guarded(Lease& lease) {
    PostgresConnection::Options options;
    options.guard = [&lease] { return lease.guard(); };
    options.fenced = [&lease] { lease.note_fenced(); };
    return connect(options);
  }
  // It stops to renew, as one does whose process is stopped.
  void let_expire() {
    auto other = connect();
    run(other, "UPDATE nbasync_lease SET expires_at = now() - interval '1 second'");
  }
  void write(PostgresConnection& connection) {
    connection.write([&] { run(connection, "INSERT INTO t VALUES ($1)", {std::int64_t{1}}); }, {});
  }

  const SystemTime now_ = *parse_utc("2026-01-15T12:00:00Z");
};

TEST_F(LeaseTest, ASecondIsRefusedWithTheHoldersSentence) {
  auto first = lease("one.example");
  auto second = lease("two.example");
  ASSERT_TRUE(first->try_lock("daemon", now_));
  ASSERT_FALSE(second->try_lock("daemon", now_));
  ASSERT_TRUE(second->holder());
  EXPECT_EQ(second->holder()->host, "one.example");
  EXPECT_THAT(second->held_sentence(), HasSubstr("is held by a daemon with pid " +
                                                 std::to_string(::getpid()) + " on one.example"));
}

TEST_F(LeaseTest, TheSentenceNamesTheRunUnderWay) {
  auto first = lease("one.example");
  auto second = lease("two.example");
  ASSERT_TRUE(first->try_lock("daemon", now_));
  first->note_run("run-1", "full", now_);
  auto connection = connect();
  ASSERT_TRUE(comes(connection, "SELECT holder LIKE '%run_id=run-1%' FROM nbasync_lease", "1"));
  ASSERT_FALSE(second->try_lock("once", now_));
  EXPECT_THAT(second->held_sentence(),
              HasSubstr("Another sync operation is already in progress: full started at "
                        "2026-01-15T12:00:00Z (run run-1, daemon with pid"));
}

TEST_F(LeaseTest, WhatIsGivenBackIsFreeAtOnce) {
  auto first = lease("one.example");
  ASSERT_TRUE(first->try_lock("daemon", now_));
  first.reset();
  EXPECT_TRUE(lease("two.example")->try_lock("daemon", now_));
}

TEST_F(LeaseTest, AHolderThatRenewsKeepsIt) {
  auto first = lease("one.example", milliseconds(300));
  auto second = lease("two.example");
  ASSERT_TRUE(first->try_lock("daemon", now_));
  auto connection = connect();
  const auto taken = ask(connection, "SELECT clock_timestamp()").at(0).at(0);
  ASSERT_TRUE(comes(connection,
                    "SELECT clock_timestamp() > '" + taken + "'::timestamptz + interval '1 second'",
                    "1"));
  EXPECT_FALSE(second->try_lock("daemon", now_));
}

TEST_F(LeaseTest, WhatTheOldHolderWritesAfterATakeoverIsRefusedWhole) {
  auto first = lease("one.example");
  ASSERT_TRUE(first->try_lock("daemon", now_));
  auto connection = guarded(*first);
  run(connection, "CREATE TABLE t (i bigint)");
  write(connection);
  let_expire();
  auto second = lease("two.example");
  ASSERT_TRUE(second->try_lock("daemon", now_));
  const Error error = error_of([&] { write(connection); });
  EXPECT_EQ(error.code(), Errc::kSyncInProgress);
  EXPECT_THAT(error.what(), HasSubstr("another instance has taken the lease; nothing was changed"));
  EXPECT_EQ(first->fenced(), 1u);
  auto holder = guarded(*second);
  write(holder);
  EXPECT_EQ(second->fenced(), 0u);
  EXPECT_EQ(ask(holder, "SELECT count(*) FROM t"), (Table{{"2"}}));
}

TEST_F(LeaseTest, WithoutTheGuardTheOldHolderWouldWrite) {
  auto first = lease("one.example");
  ASSERT_TRUE(first->try_lock("daemon", now_));
  auto connection = connect();
  run(connection, "CREATE TABLE t (i bigint)");
  let_expire();
  auto second = lease("two.example");
  ASSERT_TRUE(second->try_lock("daemon", now_));
  write(connection);
  EXPECT_EQ(ask(connection, "SELECT count(*) FROM t"), (Table{{"1"}}));
}

TEST_F(LeaseTest, WhoFindsThatItIsLostWritesNothingMore) {
  auto first = lease("one.example", milliseconds(300));
  ASSERT_TRUE(first->try_lock("daemon", now_));
  auto other = connect();
  run(other, "UPDATE nbasync_lease SET token = 'of another', epoch = epoch + 1");
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const auto is_lost = [&] {
    try {
      (void)first->guard();
      return false;
    } catch (const Error& error) {
      return error.code() == Errc::kSyncInProgress;
    }
  };
  while (!is_lost() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  EXPECT_TRUE(is_lost());
}

// The server answers, but not in time; nobody else has taken it.
TEST_F(LeaseTest, AHolderWhoseRenewalsAreNotConfirmedGivesItUp) {
  auto first = lease("one.example", milliseconds(500));
  std::promise<std::string> lost;
  first->on_lost([&](const std::string& why) { lost.set_value(why); });
  ASSERT_TRUE(first->try_lock("daemon", now_));
  auto other = connect();
  other.transaction(
      [&] {
        ask(other, "SELECT 1 FROM nbasync_lease FOR UPDATE");
        EXPECT_LT(first->confirmed_ago(), milliseconds(450)) << "it was just taken";
        while (first->trusted_for().count() > 0) std::this_thread::yield();
        EXPECT_GE(first->confirmed_ago(), milliseconds(450));
        EXPECT_TRUE(first->is_held()) << "until its holder looks";
        first->give_up();
      },
      {});
  const auto why = lost.get_future().get();
  EXPECT_THAT((error_of([&] { (void)first->guard(); }).what()), HasSubstr(why));
  EXPECT_THAT(why, HasSubstr("the server has not confirmed it for"));
  EXPECT_FALSE(first->is_held());
  EXPECT_EQ(error_of([&] { (void)first->guard(); }).code(), Errc::kSyncInProgress);
  EXPECT_EQ(ask(other, "SELECT epoch FROM nbasync_lease"), (Table{{"1"}}));
  EXPECT_EQ(first->takeovers(), 1u);
  EXPECT_EQ(first->fenced(), 0u) << "nobody wrote";
  auto connection = guarded(*first);
  EXPECT_EQ(error_of([&] { write(connection); }).code(), Errc::kSyncInProgress);
  EXPECT_EQ(first->fenced(), 1u) << "it is known here already";
}

// The fence is locked until the end of the transaction: who wants the lease waits for it.
TEST_F(LeaseTest, ATakeoverWaitsForAGuardedTransaction) {
  auto first = lease("one.example");
  ASSERT_TRUE(first->try_lock("daemon", now_));
  auto connection = connect();
  std::jthread taker;
  auto second = lease("two.example");
  connection.transaction(
      [&] {
        run(connection, first->guard().substr(0, first->guard().rfind(';')));
        let_expire();
        taker = std::jthread([&] { second->try_lock("daemon", now_); });
        auto looker = connect();
        ASSERT_TRUE(comes(looker,
                          "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                          "AND query LIKE 'WITH taken%'",
                          "1"));
        EXPECT_EQ(ask(looker, "SELECT epoch FROM nbasync_fence"), (Table{{"1"}}));
      },
      {});
  taker.join();
  EXPECT_EQ(ask(connection, "SELECT epoch FROM nbasync_fence"), (Table{{"2"}}));
}

}  // namespace
}  // namespace nbasync::lease_test
