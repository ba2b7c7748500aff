#include <thread>

#include "postgres_fixture.hpp"

namespace nbasync {
namespace {

using testing::error_of;
using ::testing::HasSubstr;

// A server that tells of a commit when a standby has it, too, and has no standby.
class StandbyTest : public testing::PostgresFixture {
 protected:
  void SetUp() override {
    PostgresFixture::SetUp();
    if (IsSkipped()) return;
    watcher_.emplace(connect());
    run(*watcher_, "CREATE TABLE t (i bigint)");
    want_standby("nobody");
  }
  void TearDown() override {
    if (watcher_) want_standby("");
  }
  void want_standby(const std::string& name) {
    run(*watcher_, "ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
    run(*watcher_, "SELECT pg_reload_conf()");
    EXPECT_TRUE(comes(*watcher_, "SHOW synchronous_standby_names", name));
  }

  static constexpr const char* kWaits =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  std::optional<PostgresConnection> watcher_;
};

// The server then says that all is well, and warns.
TEST_F(StandbyTest, WhatNoStandbyHasIsNotTakenAsWritten) {
  auto connection = connect();
  std::stop_source stop;
  std::jthread stopper([&] {
    comes(*watcher_, kWaits, "1");
    stop.request_stop();
  });
  const auto error = error_of([&] {
    connection.write([&] { connection.run("INSERT INTO t VALUES (1)", {}, {}); }, stop.get_token());
  });
  EXPECT_EQ(error.code(), Errc::kStorage);
  EXPECT_THAT(error.what(), HasSubstr("may be lost"));
}

TEST_F(StandbyTest, NorWhenAnotherBreaksTheWaitOff) {
  auto connection = connect();
  std::jthread stopper([&] {
    comes(*watcher_, kWaits, "1");
    run(*watcher_,
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = "
        "'SyncRep'");
  });
  const auto error = error_of([&] { connection.run("INSERT INTO t VALUES (1)", {}, {}); });
  EXPECT_THAT(error.what(), HasSubstr("may be lost"));
}

}  // namespace
}  // namespace nbasync
