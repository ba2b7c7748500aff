#include <gmock/gmock.h>
#include <signal.h>

#include <memory>
#include <string>
#include <vector>

#include "integration/daemon/client_fixture.hpp"
#include "support/raw_connection.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// The client while daemons come and go behind a socket that stays, as it is under systemd.
class ClientRestartTest : public ClientFixture {
 protected:
  void SetUp() override {
    activator_ = std::make_unique<Process>(std::vector<std::string>{
        "python3", NBASYNC_SOURCE_DIR "/tests/integration/daemon/activator.py", socket_, NBASYNCD,
        "--config", config_});
    ASSERT_TRUE(activator_->wait_for("listening")) << activator_->err();
  }
  void TearDown() override { kill_daemon(); }

  // As kill -9 does; the last one that was started.
  void kill_daemon() {
    const auto& out = activator_->out();
    const auto at = out.rfind("started ");
    if (at != std::string::npos) ::kill(std::stoi(out.substr(at + 8)), SIGKILL);
  }

  // A sync of teams that stands still.
  std::unique_ptr<Process> spawn_held() {
    upstream_.set_fault("leaguestandingsv3", "hang");
    auto client = spawn(kOverSocket, {"sync", "teams"});
    EXPECT_TRUE(upstream_.wait_for_requests(2)) << activator_->err();
    EXPECT_TRUE(activator_->wait_for("started "));
    return client;
  }

  std::unique_ptr<Process> activator_;
};

TEST_F(ClientRestartTest, WhoWaitsIsToldByTheNextDaemonThatTheRunWasInterrupted) {
  const auto client = spawn_held();
  kill_daemon();
  EXPECT_EQ(client->wait(), 8) << client->err();
  EXPECT_THAT(client->err(), HasSubstr("interrupted"));
  EXPECT_TRUE(activator_->wait_for("started ", 2));
}

TEST_F(ClientRestartTest, WhoWaitsInLineIsToldThatItsRunNeverBegan) {
  const auto first = spawn_held();
  const auto second = spawn(kOverSocket, {"sync", "schedule", "--timeout", "1m"});
  ASSERT_TRUE(activator_->wait_for("sync queued")) << activator_->err();
  // By the time that this is answered, so is the request.
  ASSERT_EQ(RawConnection::to_socket(socket_).ask("GET", "/healthz").status, 200);
  kill_daemon();
  EXPECT_EQ(second->wait(), 8) << second->err();
  EXPECT_THAT(second->err(), HasSubstr("before it began"));
  EXPECT_EQ(first->wait(), 8) << first->err();
  EXPECT_TRUE(activator_->wait_for("started ", 2));
}

TEST_F(ClientRestartTest, WhoFollowsWithoutAFeedIsToldTheEnd) {
  std::vector<RawConnection> listeners;
  RawReply refused;
  while (refused.status != 503) {
    ASSERT_LT(listeners.size(), 1000U);
    listeners.push_back(RawConnection::to_socket(socket_));
    listeners.back().send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto head = listeners.back().read_until("\r\n\r\n");
    if (head.find(" 503 ") != std::string::npos) refused.status = 503;
  }
  EXPECT_EQ(run(kOverSocket, {"sync", "teams"}), 0) << err_;
  EXPECT_EQ(
      run(kOverSocket, {"watch", "--json",
                        query("SELECT run_id FROM data_sync_log WHERE run_id NOT LIKE '%/%'")}),
      0)
      << err_;
  EXPECT_THAT(out_, HasSubstr("finished"));
}

}  // namespace
}  // namespace nbasync::testing
