#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/unique_fd.hpp"
#include "ctl/bus_client.hpp"
#include "ctl_fake_daemon.hpp"
#include "protocol/status.hpp"
#include "support/private_bus.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

// The client's bus back end against a daemon of the test's, on a bus of the test's.
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

  static RunRecord a_run() {
    RunRecord run;
    run.run_id = "r1";
    run.sync_type = "full";
    run.status = RunStatus::kSuccess;
    run.started_at = parse_utc("2026-01-15T11:59:00.250Z");
    run.duration_seconds = 2;
    run.inserted = 7;
    run.steps.push_back(run);
    return run;
  }

  PrivateBus bus;
  std::unique_ptr<ctl::Client> client = ctl::make_bus_client(ctl::Bus::kSession);
};

TEST_F(CtlBusTest, IdleStatusIsTheProtocolsJson) {
  FakeDaemon daemon;
  protocol::Status status;
  status.version = "0.1.0";
  status.datasets.push_back({"teams", std::nullopt, std::nullopt, 60.0, true});
  status.upstream.push_back({"stats.nba.com", "ok"});
  status.recent_syncs.push_back(a_run());
  daemon.status = protocol::to_json(status);
  EXPECT_EQ(client->status(), daemon.status);
}

TEST_F(CtlBusTest, BusyStatusIsTheProtocolsJson) {
  FakeDaemon daemon;
  protocol::Status status;
  status.current_sync.emplace();
  status.current_sync->run_id = "r1";
  status.current_sync->percent = 45;
  status.queue.push_back({"r2", "teams", *parse_utc("2026-01-15T11:59:00Z"), 1, "dbus"});
  daemon.status = protocol::to_json(status);
  EXPECT_EQ(client->status(), daemon.status);
}

TEST_F(CtlBusTest, RunIsTheProtocolsJson) {
  FakeDaemon daemon;
  daemon.run = protocol::to_json(a_run());
  EXPECT_EQ(client->run("r1"), daemon.run);
  EXPECT_EQ(client->runs({.limit = 5, .sync_type = "full", .status = ""}),
            json::array({daemon.run}));
  EXPECT_EQ(daemon.listed.first, 5U);
  EXPECT_EQ(daemon.listed.second.size(), 1U);
  EXPECT_EQ(daemon.listed.second.at("type").get<std::string>(), "full");
}

TEST_F(CtlBusTest, SyncSendsOnlyTheOptionsThatAreSet) {
  FakeDaemon daemon;
  ctl::SyncWish wish;
  wish.sync_type = "teams";
  wish.timeout = 1500ms;
  wish.force = true;
  const auto admission = client->sync(wish);
  EXPECT_EQ(admission.run_id, "r1");
  EXPECT_EQ(admission.disposition, "started");
  EXPECT_EQ(daemon.synced.first, "teams");
  EXPECT_EQ(daemon.synced.second.size(), 2U);
  EXPECT_EQ(daemon.synced.second.at("timeout").get<double>(), 1.5);
  EXPECT_TRUE(daemon.synced.second.at("force").get<bool>());
}

TEST_F(CtlBusTest, RefusalKeepsCodeAndSentence) {
  FakeDaemon daemon;
  const std::vector<std::pair<std::string, Errc>> table = {
      {"org.nbasync.Sync1.Error.UnknownType", Errc::kUnknownType},
      {"org.nbasync.Sync1.Error.SyncInProgress", Errc::kSyncInProgress},
      {"org.freedesktop.DBus.Error.AccessDenied", Errc::kAccessDenied}};
  for (const auto& [name, code] : table) {
    daemon.refusal = sdbus::Error(name, "the sentence");
    const auto error = error_of([&] { client->sync({}); });
    EXPECT_EQ(error.code(), code) << name;
    EXPECT_STREQ(error.what(), "the sentence");
  }
}

TEST_F(CtlBusTest, BusWithoutDaemonIsUnreachable) {
  const auto error = error_of([&] { client->status(); });
  EXPECT_EQ(error.code(), Errc::kDaemonUnreachable);
}

TEST_F(CtlBusTest, NoBusIsUnreachableAndSaysHowToStart) {
  setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address().c_str(), 1);
  bus.kill();
  const auto error = error_of([&] { ctl::make_bus_client(ctl::Bus::kSystem)->status(); });
  EXPECT_EQ(error.code(), Errc::kDaemonUnreachable);
  EXPECT_THAT(error.what(), HasSubstr("systemctl start nbasyncd"));
}

TEST_F(CtlBusTest, SystemBusIsTheEnvironments) {
  setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address().c_str(), 1);
  FakeDaemon daemon;
  EXPECT_EQ(ctl::make_bus_client(ctl::Bus::kSystem)->version(), "9.9.9");
}

TEST_F(CtlBusTest, FollowDeliversTheEventsInOrderAndEndsWithTheRun) {
  FakeDaemon daemon;
  daemon.run = protocol::to_json(a_run());
  daemon.on_wait = [&](FakeDaemon::WaitResult&& result) {
    const std::string id = "r1", type = "full", step = "teams", status = "success";
    daemon.emit("SyncQueued", id, type);
    daemon.emit("SyncStarted", id, type);
    daemon.emit("SyncProgress", id, step, std::uint32_t{45});
    daemon.emit("SyncFinished", id, type, status, to_variants(daemon.run));
    result.returnResults(to_variants(daemon.run));
  };
  std::vector<std::string> names;
  json finished;
  client->listen();
  const auto ended = client->follow({.run_id = "r1", .on_event = [&](const ctl::Event& event) {
                                       names.push_back(event.name);
                                       finished = event.data;
                                       client->version();  // callbacks may use the client
                                     }});
  EXPECT_THAT(names, ElementsAre("queued", "started", "progress", "finished"));
  EXPECT_EQ(finished["run"], daemon.run);
  EXPECT_EQ(ended, daemon.run);
}

TEST_F(CtlBusTest, FollowEndsWhenToldToStop) {
  FakeDaemon daemon;
  daemon.hold_wait();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const UniqueFd stop(ends[0]), other_end(ends[1]);
  ASSERT_EQ(write(other_end.get(), "x", 1), 1);
  client->listen();
  EXPECT_EQ(client->follow({.run_id = "r1", .stop_fd = stop.get()}), std::nullopt);
}

TEST_F(CtlBusTest, FollowTicksWhileNothingHappens) {
  FakeDaemon daemon;
  daemon.hold_wait();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const UniqueFd stop(ends[0]), other_end(ends[1]);
  client->listen();
  const auto ended =
      client->follow({.run_id = "r1",
                      .stop_fd = stop.get(),
                      .on_tick = [&] { ASSERT_EQ(write(other_end.get(), "x", 1), 1); },
                      .tick = 10ms});
  EXPECT_EQ(ended, std::nullopt);
}

TEST_F(CtlBusTest, DaemonThatLeavesDuringTheWaitIsUnreachable) {
  auto daemon = std::make_unique<FakeDaemon>();
  std::promise<void> waiting;
  daemon->hold_wait();
  daemon->on_wait = [&, hold = daemon->on_wait](FakeDaemon::WaitResult&& result) {
    hold(std::move(result));
    waiting.set_value();
  };
  client->listen();
  auto error = std::async(std::launch::async,
                          [&] { return error_of([&] { client->follow({.run_id = "r1"}); }); });
  waiting.get_future().wait();
  daemon.reset();
  EXPECT_EQ(error.get().code(), Errc::kDaemonUnreachable);
}

TEST_F(CtlBusTest, FollowingAllEndsWhenTheBusDies) {
  client->listen();
  bus.kill();
  const auto error = error_of([&] { client->follow({.run_id = ""}); });
  EXPECT_EQ(error.code(), Errc::kDaemonUnreachable);
}

}  // namespace
}  // namespace nbasync::testing
