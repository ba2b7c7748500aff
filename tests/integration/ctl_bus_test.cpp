#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <string>

#include "base/error.hpp"
#include "ctl_fake_bus.hpp"

// What only the bus has; what both back ends do is in ctl_client_test.cpp.

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

class CtlBusTest : public ::testing::Test {
 protected:
  template <typename Function>
  static Error error_of(Function function) {
    try {
      function();
    } catch (const Error& error) {
      return error;
    }
    return {Errc::kInternal, "nothing was thrown"};
  }

  CtlFakeBus daemon;
};

TEST_F(CtlBusTest, NoBusIsUnreachableAndSaysHowToStart) {
  setenv("DBUS_SYSTEM_BUS_ADDRESS", daemon.bus.address().c_str(), 1);
  daemon.bus.kill();
  const auto error = error_of([&] { ctl::make_bus_client(ctl::Bus::kSystem)->status(); });
  EXPECT_EQ(error.code(), Errc::kDaemonUnreachable);
  EXPECT_THAT(error.what(), HasSubstr("systemctl start nbasyncd"));
}

TEST_F(CtlBusTest, SystemBusIsTheEnvironments) {
  setenv("DBUS_SYSTEM_BUS_ADDRESS", daemon.bus.address().c_str(), 1);
  daemon.status = {{"version", "9.9.9"}};
  daemon.come();
  EXPECT_EQ(ctl::make_bus_client(ctl::Bus::kSystem)->version(), "9.9.9");
}

TEST_F(CtlBusTest, FollowingAllEndsWhenTheBusDies) {
  const auto client = daemon.make_client();
  client->listen();
  daemon.bus.kill();
  const auto error = error_of([&] { client->follow({.run_id = ""}); });
  EXPECT_EQ(error.code(), Errc::kDaemonUnreachable);
}

TEST_F(CtlBusTest, GamesNeedTheSocketAndTheErrorSaysSo) {
  const auto error = error_of([&] { daemon.make_client()->games(std::nullopt); });
  EXPECT_EQ(error.code(), Errc::kDaemonUnreachable);
  EXPECT_THAT(error.what(), HasSubstr("control socket only"));
}

}  // namespace
}  // namespace nbasync::testing
