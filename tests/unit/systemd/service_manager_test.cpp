#include "systemd/service_manager.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "support/fake_clock.hpp"
#include "support/notify_socket.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

using Messages = std::vector<std::string>;

class ServiceManagerTest : public ::testing::Test {
 protected:
  void pass(Duration time) {
    clock_.advance(time);
    wheel_.advance(to_tick(clock_.steady()));
  }

  testing::FakeClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  testing::NotifySocket socket_;
  std::string line_ = "Idle";
  int asked_ = 0;
  std::function<std::string()> doing_ = [this] { return ++asked_, line_; };
};

TEST_F(ServiceManagerTest, NothingIsSentBeforeReady) {
  ServiceManager manager(wheel_, clock_, doing_);
  manager.changed();
  manager.reloading();
  manager.reloaded();
  pass(Duration(10'000));
  EXPECT_EQ(socket_.rest(), Messages{});
}

TEST_F(ServiceManagerTest, WhatAStartWaitsForIsToldAndAsksForMoreTimeNowAndThen) {
  ServiceManager manager(wheel_, clock_, doing_);
  for (int times = 0; times < 200; ++times) {
    manager.waiting("Waiting for the lock", Duration(30'000));
    pass(Duration(100));
  }
  const std::string message =
      "STATUS=Waiting for the lock\nEXTEND_TIMEOUT_USEC=30000000\nWATCHDOG=1";
  EXPECT_EQ(socket_.rest(), (Messages{message, message}));
  manager.ready();
  EXPECT_EQ(socket_.rest(), (Messages{"STATUS=Idle", "READY=1"}));
  manager.waiting("Waiting for the lock", Duration(30'000));
  EXPECT_EQ(socket_.rest(), Messages{});
}

TEST_F(ServiceManagerTest, ReadyIsSentOnceWithWhatItDoes) {
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  manager.ready();
  EXPECT_EQ(socket_.rest(), (Messages{"STATUS=Idle", "READY=1"}));
}

TEST_F(ServiceManagerTest, ReloadIsFramedWithTheMonotonicTime) {
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  socket_.rest();
  pass(Duration(1'500));
  manager.reloading();
  EXPECT_EQ(socket_.rest(), Messages{"RELOADING=1\nMONOTONIC_USEC=3601500000"});
  line_ = "Idle; configuration not reloaded: no";
  manager.reloaded();
  pass(Duration(0));
  EXPECT_EQ(socket_.rest(), (Messages{"READY=1", "STATUS=Idle; configuration not reloaded: no"}));
}

TEST_F(ServiceManagerTest, ManyChangesWithinASecondAreOneLine) {
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  socket_.rest();
  for (int percent = 0; percent < 100; ++percent) {
    line_ = "Syncing " + std::to_string(percent);
    manager.changed();
    pass(Duration(9));
  }
  EXPECT_EQ(socket_.rest(), Messages{}) << "900 ms after the last line";
  pass(Duration(100));
  EXPECT_EQ(socket_.rest(), Messages{"STATUS=Syncing 99"});
  EXPECT_EQ(asked_, 2);
}

TEST_F(ServiceManagerTest, ChangeAfterAQuietSecondIsToldAtOnce) {
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  pass(Duration(5'000));
  socket_.rest();
  line_ = "Syncing";
  manager.changed();
  EXPECT_EQ(socket_.rest(), Messages{}) << "not inside the call";
  pass(Duration(0));
  EXPECT_EQ(socket_.rest(), Messages{"STATUS=Syncing"});
}

TEST_F(ServiceManagerTest, SameLineIsNotSentAgain) {
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  socket_.rest();
  manager.changed();
  pass(Duration(5'000));
  EXPECT_EQ(socket_.rest(), Messages{});
}

TEST_F(ServiceManagerTest, StoppingIsTheLastLineAndNothingIsReadyAfterIt) {
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  socket_.rest();
  line_ = "Syncing";
  manager.changed();
  manager.stopping();
  manager.changed();
  manager.reloading();
  manager.reloaded();
  manager.ready();
  pass(Duration(10'000));
  EXPECT_EQ(socket_.rest(), Messages{"STOPPING=1\nSTATUS=Stopping"});
}

TEST_F(ServiceManagerTest, WatchdogIsFedTwiceAPeriodFromReadyUntilTheEnd) {
  ::setenv("WATCHDOG_USEC", "10000000", 1);
  {
    ServiceManager manager(wheel_, clock_, doing_);
    pass(Duration(20'000));
    EXPECT_EQ(socket_.rest(), Messages{}) << "systemd does not watch a service that starts";
    manager.ready();
    EXPECT_EQ(socket_.rest(), (Messages{"STATUS=Idle", "READY=1", "WATCHDOG=1"}));
    pass(Duration(4'999));
    EXPECT_EQ(socket_.rest(), Messages{});
    pass(Duration(1));
    EXPECT_EQ(socket_.rest(), Messages{"WATCHDOG=1"});
    manager.stopping();
    socket_.rest();
    pass(Duration(5'000));
    EXPECT_EQ(socket_.rest(), Messages{"WATCHDOG=1"}) << "a long roll-back is no stall";
  }
  EXPECT_FALSE(wheel_.next());
}

TEST_F(ServiceManagerTest, LoopThatDoesNotTurnFeedsNothing) {
  ::setenv("WATCHDOG_USEC", "10000000", 1);
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  socket_.rest();
  clock_.advance(Duration(60'000));  // and the wheel is not
  EXPECT_EQ(socket_.rest(), Messages{});
}

TEST_F(ServiceManagerTest, EachBeatLooksForANewLine) {
  ::setenv("WATCHDOG_USEC", "10000000", 1);
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  pass(Duration(4'000));
  socket_.rest();
  line_ = "Idle; next hourly";
  pass(Duration(1'000));
  EXPECT_EQ(socket_.rest(), (Messages{"WATCHDOG=1", "STATUS=Idle; next hourly"}));
}

TEST_F(ServiceManagerTest, WatchdogOfAnotherProcessIsNotOurs) {
  ::setenv("WATCHDOG_USEC", "10000000", 1);
  ::setenv("WATCHDOG_PID", "1", 1);
  ServiceManager manager(wheel_, clock_, doing_);
  ::unsetenv("WATCHDOG_PID");
  manager.ready();
  EXPECT_EQ(socket_.rest(), (Messages{"STATUS=Idle", "READY=1"}));
}

TEST_F(ServiceManagerTest, WithoutAServiceManagerNothingIsAskedOrArmed) {
  ::unsetenv("NOTIFY_SOCKET");
  ::setenv("WATCHDOG_USEC", "10000000", 1);
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  manager.changed();
  manager.reloading();
  manager.reloaded();
  EXPECT_EQ(asked_, 0);
  EXPECT_FALSE(wheel_.next());
  manager.stopping();
  EXPECT_EQ(socket_.rest(), Messages{});
}

TEST_F(ServiceManagerTest, AManagerThatDoesNotReadIsToldLater) {
  ServiceManager manager(wheel_, clock_, doing_);
  manager.ready();
  constexpr int kReloads = 20;  // more than fit into the socket
  for (int reload = 0; reload < kReloads; ++reload) {
    manager.reloading();
    manager.reloaded();
  }
  line_ = "Busy";
  manager.changed();
  Messages messages = socket_.rest();
  EXPECT_LT(messages.size(), 2U + 2 * kReloads);
  for (int tries = 0; tries < kReloads; ++tries) {
    pass(Duration(100));
    std::ranges::move(socket_.rest(), std::back_inserter(messages));
  }
  ASSERT_EQ(messages.size(), 3U + 2 * kReloads);
  for (std::size_t at = 1; at + 1 < messages.size(); at += 2) EXPECT_EQ(messages[at], "READY=1");
  EXPECT_EQ(messages.back(), "STATUS=Busy");
}

}  // namespace
}  // namespace nbasync
