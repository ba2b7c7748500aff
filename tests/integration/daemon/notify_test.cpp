#include <csignal>

#include "integration/daemon/daemon_fixture.hpp"
#include "support/notify_socket.hpp"

namespace nbasync::testing {
namespace {

// What the real daemon tells its service manager.
class NotifyTest : public DaemonFixture {
 protected:
  NotifySocket manager_;
};

TEST_F(NotifyTest, DaemonIsReadyWhenItsNameIsOnTheBusAndItsSocketAnswers) {
  daemon_ = spawn_daemon();
  ASSERT_TRUE(manager_.wait_for("READY=1")) << daemon_->err();
  EXPECT_EQ(client({"status"}), 0) << err_;
  Process over_socket({NBASYNCCTL, "--socket", socket_.string(), "status"});
  EXPECT_EQ(over_socket.wait(), 0) << over_socket.err();
}

TEST_F(NotifyTest, DaemonWithoutABusIsReadyAllTheSame) {
  bus_.kill();
  daemon_ = spawn_daemon();
  ASSERT_TRUE(manager_.wait_for("READY=1")) << daemon_->err();
  EXPECT_TRUE(daemon_->wait_for("bus not available"));
}

TEST_F(NotifyTest, DaemonThatCannotHaveTheDatabaseIsNeverReady) {
  start_daemon();
  ASSERT_TRUE(manager_.wait_for("READY=1"));
  manager_.rest();
  auto second = spawn_daemon();
  EXPECT_EQ(second->wait(), 4);
  for (const auto& message : manager_.rest()) EXPECT_EQ(message.find("READY=1"), message.npos);
}

TEST_F(NotifyTest, ReloadIsFramedAlsoWhenItFails) {
  daemon_ = spawn_daemon();
  ASSERT_TRUE(manager_.wait_for("READY=1")) << daemon_->err();
  daemon_->signal(SIGHUP);
  ASSERT_TRUE(manager_.wait_for("RELOADING=1\nMONOTONIC_USEC="));
  ASSERT_TRUE(manager_.wait_for("READY=1"));
  std::ofstream(config_, std::ios::app) << "seson: 2024-25\n";
  daemon_->signal(SIGHUP);
  ASSERT_TRUE(manager_.wait_for("RELOADING=1\nMONOTONIC_USEC="));
  ASSERT_TRUE(manager_.wait_for("READY=1"));
  EXPECT_TRUE(manager_.wait_for("configuration not reloaded: "));
}

TEST_F(NotifyTest, RunningSyncIsToldAndThenTheStop) {
  daemon_ = spawn_daemon();
  ASSERT_TRUE(manager_.wait_for("READY=1")) << daemon_->err();
  upstream_.set_fault("leaguestandingsv3", "hang");
  ASSERT_EQ(client({"sync", "teams", "--no-wait"}), 0) << err_;
  EXPECT_TRUE(manager_.wait_for("STATUS=Syncing teams 2025-26"));
  daemon_->signal(SIGTERM);
  EXPECT_TRUE(manager_.wait_for("STOPPING=1"));
  EXPECT_EQ(daemon_->wait(), 0);
}

TEST_F(NotifyTest, WatchdogIsFedAgainAndAgain) {
  ::setenv("WATCHDOG_USEC", "20000", 1);
  daemon_ = spawn_daemon();
  for (int beat = 0; beat < 5; ++beat) ASSERT_TRUE(manager_.wait_for("WATCHDOG=1"));
}

TEST_F(NotifyTest, AManagerThatDoesNotReadHoldsUpNothing) {
  ::setenv("WATCHDOG_USEC", "2000", 1);  // a message a millisecond: its socket is full at once
  daemon_ = spawn_daemon();
  ASSERT_TRUE(manager_.wait_for("READY=1")) << daemon_->err();
  EXPECT_EQ(client({"sync", "full"}), 0) << err_;
  daemon_->signal(SIGHUP);
  EXPECT_TRUE(daemon_->wait_for("configuration reloaded")) << daemon_->err();
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(std::chrono::seconds(5)), 0) << daemon_->err();
}

}  // namespace
}  // namespace nbasync::testing
