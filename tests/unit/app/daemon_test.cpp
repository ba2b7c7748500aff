#include "app/daemon.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <optional>
#include <string>
#include <thread>

#include <nlohmann/json.hpp>

#include "db/lock_file.hpp"
#include "support/notify_socket.hpp"
#include "support/raw_connection.hpp"
#include "support/rows.hpp"
#include "unit/app/app_fixture.hpp"

namespace nbasync {
namespace {

using nlohmann::json;
using testing::error_of;
using testing::RawConnection;

class DaemonTest : public testing::AppFixture {
 protected:
  // Serves until `client`, on a thread of its own, has had its answers and asked for the end.
  template <typename Client>
  void serve(Client client) {
    Daemon daemon(config_, [this] { return config_; });
    std::jthread other([&] {
      auto connection = RawConnection::to_socket(config_.control.socket);
      client(connection);
      ::kill(::getpid(), SIGTERM);
    });
    daemon.run();
  }

  static json body(const testing::RawReply& reply) { return json::parse(reply.body); }
};

TEST_F(DaemonTest, ItsPartsAreWiredTogether) {
  ScheduleSpec hourly;
  hourly.name = "hourly";
  hourly.sync_type = "teams";
  hourly.every = std::chrono::hours(1);
  config_.schedules = {hourly};
  serve([&](RawConnection& connection) {
    EXPECT_EQ(connection.ask("GET", "/readyz").status, 200);
    const auto sync = body(connection.ask("POST", "/api/admin/sync", R"({"sync_type":"teams"})"));
    EXPECT_EQ(sync["total_records"], 2) << sync;
    EXPECT_EQ(body(connection.ask("GET", "/api/teams"))["count"], 2);
    EXPECT_EQ(connection.ask("POST", "/api/v1/pause").status, 200);
    EXPECT_EQ(connection.ask("POST", "/api/v1/reload").status, 200);
    const auto status = body(connection.ask("GET", "/api/v1/status"));
    EXPECT_EQ(status["recent_syncs"][0]["sync_type"], "teams");
    EXPECT_EQ(status["schedules"][0]["name"], "hourly");
    EXPECT_EQ(status["paused"], true);
    EXPECT_EQ(body(connection.ask("GET", "/api/v1/schedules/hourly"))["name"], "hourly");
  });
  // The next process knows what this one knew.
  serve([&](RawConnection& connection) {
    const auto status = body(connection.ask("GET", "/api/v1/status"));
    EXPECT_EQ(status["recent_syncs"][0]["status"], "success");
    EXPECT_EQ(status["paused"], true);
  });
}

TEST_F(DaemonTest, ASecondOneIsRefusedWithTheHolder) {
  const Daemon first(config_, [this] { return config_; });
  const auto error = error_of([&] { Daemon second(config_, [this] { return config_; }); });
  EXPECT_EQ(error.code(), Errc::kSyncInProgress);
  EXPECT_NE(std::string(error.what()).find("is held by a daemon with pid"), std::string::npos);
}

// A --once that runs when the daemon starts.
class DaemonWaitTest : public DaemonTest {
 protected:
  // Calls `then` when the daemon says that it waits.
  template <typename Then>
  std::jthread when_it_waits(Then then) {
    return std::jthread([this, then] {
      waited_ = socket_.wait_for("STATUS=Waiting for the lock: database " +
                                 config_.database.path.string() + " is held by a once with pid");
      then();
    });
  }

  testing::NotifySocket socket_;
  std::optional<LockFile> once_{config_.database.path};
  RealClock clock_;
  std::atomic<bool> waited_ = false;
};

TEST_F(DaemonWaitTest, TheDaemonStartsWhenTheOnceHasEnded) {
  ASSERT_TRUE(once_->try_lock("once", clock_.wall()));
  const auto other = when_it_waits([this] { once_.reset(); });
  serve(
      [&](RawConnection& connection) { EXPECT_EQ(connection.ask("GET", "/readyz").status, 200); });
  EXPECT_TRUE(waited_);
}

TEST_F(DaemonWaitTest, SigtermEndsTheWait) {
  ASSERT_TRUE(once_->try_lock("once", clock_.wall()));
  const auto other = when_it_waits([] { ::kill(::getpid(), SIGTERM); });
  Daemon daemon(config_, [this] { return config_; });
  daemon.run();
}

}  // namespace
}  // namespace nbasync
