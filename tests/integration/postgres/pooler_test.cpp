#include <gmock/gmock.h>

#include <chrono>

#include "cluster_fixture.hpp"
#include "postgres/postgres_session.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// Daemons whose sessions a pgbouncer gives to one transaction after the other.
class PoolerTest : public ClusterTest {
 protected:
  void SetUp() override {
    ClusterTest::SetUp();
    if (!pooler_) pool();
  }
};

// Without a bell each would learn of the other a minute later.
TEST_F(PoolerTest, AListenUrlPastItWakesAtOnce) {
  poll_ = "1m";
  listen_ = place_.name();
  auto& one = start_holder();
  auto& two = start("two");
  ASSERT_EQ(tell(two, {"sync", "teams"}), 0) << err_;
  one.process->signal(SIGTERM);
  ASSERT_EQ(one.process->wait(), 0) << one.process->err();
  ASSERT_TRUE(two.process->wait_for("the lock is taken")) << two.process->err();
  EXPECT_EQ(tell(two, {"sync", "teams"}), 0) << err_;
}

TEST_F(PoolerTest, WithoutOneThePollTells) {
  poll_ = "50ms";
  start_holder();
  auto& two = start("two");
  EXPECT_EQ(tell(two, {"sync", "full"}), 0) << err_;
  EXPECT_EQ(runs(), "full|success");
}

TEST_F(PoolerTest, WhoseListenIsOffNeitherListensNorNotifies) {
  poll_ = "50ms";
  listen_ = "off";
  const Patience patience(std::chrono::seconds(20));
  PostgresSession listener(PostgresAddress(place_.name()), patience);
  listener.tell("LISTEN nbasync", patience);
  while (listener.next(patience)) {
  }
  auto& one = start_holder();
  auto& two = start("two");
  EXPECT_EQ(tell(two, {"sync", "teams"}), 0) << err_;
  EXPECT_EQ(tell(two, {"pause"}), 0) << err_;
  status_when(one, [](const json& now) { return now["paused"] == true; });
  one.process->signal(SIGTERM);
  EXPECT_EQ(one.process->wait(), 0);
  EXPECT_EQ(query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"), "1")
      << "the test's own";
  EXPECT_THROW(listener.await_notice(Patience(std::chrono::milliseconds(1))), Error);
}

TEST_F(PoolerTest, AListenUrlThatLeadsNowhereIsToldAndTheRestWorks) {
  listen_ = "postgresql://nbasync@/nba?host=/no/such/folder";
  auto& one = start_holder();
  EXPECT_EQ(tell(one, {"sync", "teams"}), 0) << err_;
  EXPECT_TRUE(one.process->wait_for("NOTIFY is not heard")) << one.process->err();
  EXPECT_THAT(one.process->err(), HasSubstr("/no/such/folder"));
}

}  // namespace
}  // namespace nbasync::testing
