#include <stop_token>
#include <thread>

#include "postgres_fixture.hpp"
#include "support/pgbouncer.hpp"

namespace nbasync {
namespace {

using testing::error_of;
using ::testing::HasSubstr;

constexpr std::chrono::milliseconds kLong{20'000};

// A session of the server is one client's for a transaction only.
class PoolerConnectionTest : public testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    if (IsSkipped()) return;
    if (!testing::PgBouncer::is_installed()) GTEST_SKIP() << testing::PgBouncer::kNotInstalled;
    pooler_.emplace(*server_, name_);
  }
  PostgresConnection connect_past(const std::string& more = {}) const {
    return PostgresConnection(PostgresAddress(pooler_->url() + more));
  }

  std::optional<testing::PgBouncer> pooler_;
};

TEST_F(PoolerConnectionTest, TransactionsOfManyClientsAreTheirOwn) {
  auto one = connect_past();
  auto two = connect_past();
  run(one, "CREATE TABLE t (i bigint)");
  one.transaction(
      [&] {
        run(one, "INSERT INTO t VALUES (1)");
        EXPECT_EQ(ask(two, "SELECT count(*) FROM t"), (Table{{"0"}}));
        two.write([&] { run(two, "INSERT INTO t VALUES ($1)", {std::int64_t{2}}); }, {});
      },
      {});
  EXPECT_EQ(ask(two, "SELECT i FROM t ORDER BY i"), (Table{{"1"}, {"2"}}));
}

TEST_F(PoolerConnectionTest, WhatIsNotWaitedForIsBrokenOffAtTheServer) {
  auto look = connect();
  std::stop_source stop;
  std::jthread asker([&] {
    auto connection = connect_past();
    const auto error =
        error_of([&] { connection.run("SELECT pg_sleep(60)", {}, stop.get_token()); });
    EXPECT_EQ(error.code(), Errc::kCancelled);
    EXPECT_EQ(ask(connection, "SELECT 1"), (Table{{"1"}}));
  });
  const std::string sleepers =
      "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND state = 'active' "
      "AND pid <> pg_backend_pid()";
  EXPECT_TRUE(comes(look, sleepers, "1"));
  stop.request_stop();
  asker.join();
  EXPECT_TRUE(comes(look, sleepers, "0"));
}

TEST_F(PoolerConnectionTest, OptionsInTheUrlAreRefusedWithWhatHelps) {
  auto connection = connect_past("&options=-csearch_path%3Dx");
  EXPECT_THAT(error_of([&] { run(connection, "SELECT 1"); }).what(),
              HasSubstr("set them for the role (ALTER ROLE)"));
}

// Else they pile up in a session that never asks for them.
TEST_F(PoolerConnectionTest, WhatIsNotifiedAmidAnAnswerIsNobodys) {
  const Patience patience(kLong);
  PostgresSession session(PostgresAddress(server_->url(name_)), patience);
  for (const char* sql : {"LISTEN somebody", "NOTIFY somebody"}) {
    session.tell(sql, patience);
    while (session.next(patience)) {
    }
  }
  EXPECT_THROW(session.await_notice(Patience(std::chrono::milliseconds(1))), Error);
}

}  // namespace
}  // namespace nbasync
