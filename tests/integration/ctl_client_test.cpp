#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/unique_fd.hpp"
#include "ctl_fake_bus.hpp"
#include "ctl_fake_socket.hpp"
#include "protocol/json.hpp"
#include "protocol/status.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using namespace std::chrono_literals;

template <typename Function>
Error error_of(Function function) {
  try {
    function();
  } catch (const Error& error) {
    return error;
  }
  return {Errc::kInternal, "nothing was thrown"};
}

RunRecord a_run() {
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

protocol::ScheduleState a_schedule() {
  return {"nightly",
          "full",
          "cron '0 9 * * *'",
          parse_utc("2026-01-16T09:00:12Z"),
          std::nullopt,
          std::nullopt,
          "",
          "09:00, and 12 s of jitter"};
}

// What stops a follow().
struct Stop {
  Stop() {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("pipe");
    read.reset(ends[0]);
    write.reset(ends[1]);
  }
  void now() { ASSERT_EQ(::write(write.get(), "x", 1), 1); }
  UniqueFd read;
  UniqueFd write;
};

// Both of the client's back ends against a daemon of the test's: they do the same.
class CtlClientTest : public ::testing::TestWithParam<const char*> {
 protected:
  // The client of a daemon that is there.
  ctl::Client& client() {
    daemon->come();
    client_ = daemon->make_client();
    return *client_;
  }

  std::unique_ptr<CtlFake> daemon = make_fake();

 private:
  static std::unique_ptr<CtlFake> make_fake() {
    if (std::string(GetParam()) == "Bus") return std::make_unique<CtlFakeBus>();
    return std::make_unique<CtlFakeSocket>();
  }

  std::unique_ptr<ctl::Client> client_;
};

INSTANTIATE_TEST_SUITE_P(BackEnds, CtlClientTest, ::testing::Values("Bus", "Socket"),
                         [](const auto& kind) { return std::string(kind.param); });

TEST_P(CtlClientTest, IdleStatusIsTheProtocolsJson) {
  protocol::Status status;
  status.version = "0.1.0";
  status.datasets.push_back({"teams", std::nullopt, std::nullopt, 60.0, true});
  status.upstream.push_back({"stats.nba.com", "ok"});
  status.recent_syncs.push_back(a_run());
  status.schedules.push_back(a_schedule());
  daemon->status = protocol::to_json(status);
  EXPECT_EQ(*client().status().json, daemon->status);
}

TEST_P(CtlClientTest, BusyStatusIsTheProtocolsJson) {
  protocol::Status status;
  status.current_sync.emplace();
  status.current_sync->run_id = "r1";
  status.current_sync->progress.percent = 45;
  status.queue.push_back({"r2", "teams", *parse_utc("2026-01-15T11:59:00Z"), 1, "dbus"});
  status.paused = true;
  status.configuration.error = "nbasyncd.yaml:3:5: unknown key";
  status.configuration.restart_needed = {"dbus.bus", "database.path"};
  daemon->status = protocol::to_json(status);
  EXPECT_EQ(*client().status().json, daemon->status);
}

TEST_P(CtlClientTest, RunIsTheProtocolsJson) {
  daemon->run = protocol::to_json(a_run());
  auto& daemons = client();
  EXPECT_EQ(*daemons.run("r1").json, daemon->run);
  EXPECT_EQ(*daemons.runs({.limit = 5, .sync_type = "full", .status = ""}).json,
            json::array({daemon->run}));
}

TEST_P(CtlClientTest, ExplanationIsTheProtocolsJson) {
  protocol::Explanation explanation{a_schedule(),
                                    {"cron gives 09:00", "its jitter is 12 s"},
                                    {{*parse_utc("2026-01-15T11:59:00.250Z"), "nightly", "full",
                                      DecisionKind::kSkipped, "its twin runs", ""},
                                     {*parse_utc("2026-01-14T09:00:00.000Z"), "", "",
                                      DecisionKind::kPaused, "asked by dbus", "r1"}}};
  daemon->explanation = protocol::to_json(explanation);
  EXPECT_EQ(*client().explain("nightly").json, daemon->explanation);
  EXPECT_THAT(daemon->calls, ElementsAre("explain nightly"));
}

TEST_P(CtlClientTest, ExplanationWithoutReasonsHasEmptyLists) {
  daemon->explanation = protocol::to_json(protocol::Explanation{a_schedule(), {}, {}});
  EXPECT_EQ(*client().explain("nightly").json, daemon->explanation);
}

TEST_P(CtlClientTest, ChangesReachTheDaemon) {
  auto& daemons = client();
  daemons.pause();
  daemons.resume();
  daemons.reload();
  daemons.cancel("r1");
  EXPECT_THAT(daemon->calls, ElementsAre("pause", "resume", "reload", "cancel r1"));
}

TEST_P(CtlClientTest, VersionIsTheDaemons) {
  daemon->status = {{"version", "9.9.9"}};
  EXPECT_EQ(client().version(), "9.9.9");
}

TEST_P(CtlClientTest, SyncSendsOnlyTheOptionsThatAreSet) {
  SyncWish wish;
  wish.sync_type = "teams";
  wish.timeout = 1500ms;
  wish.force = true;
  const auto admission = client().sync(wish);
  EXPECT_EQ(admission.run_id, "r1");
  EXPECT_EQ(admission.disposition, Disposition::kStarted);
  daemon->synced.erase("async");  // the socket's word for what the bus always does
  EXPECT_EQ(daemon->synced, (json{{"sync_type", "teams"}, {"timeout", 1.5}, {"force", true}}));
}

TEST_P(CtlClientTest, SyncSendsAllOptions) {
  const SyncWish wish{.sync_type = "full",
                      .season = "2025-26",
                      .if_busy = IfBusy::kJoin,
                      .timeout = 1s,
                      .run_timeout = 1h,
                      .dry_run = true,
                      .force = true};
  client().sync(wish);
  daemon->synced.erase("async");
  EXPECT_EQ(daemon->synced, (json{{"sync_type", "full"},
                                  {"season", "2025-26"},
                                  {"if_busy", "join"},
                                  {"timeout", 1.0},
                                  {"run_timeout", 3600.0},
                                  {"dry_run", true},
                                  {"force", true}}));
}

TEST_P(CtlClientTest, RefusalKeepsCodeAndSentence) {
  auto& daemons = client();
  for (const auto code :
       {Errc::kUnknownType, Errc::kSyncInProgress, Errc::kLockTimeout, Errc::kQueueFull,
        Errc::kPaused, Errc::kAccessDenied, Errc::kBadConfiguration, Errc::kUnknownSchedule,
        Errc::kUnknownRun, Errc::kInvalidArgument, Errc::kShuttingDown}) {
    daemon->refusal = Error(code, "the sentence");
    const auto error = error_of([&] { daemons.reload(); });
    EXPECT_EQ(error.code(), code);
    EXPECT_STREQ(error.what(), "the sentence");
  }
}

TEST_P(CtlClientTest, NobodyThereIsUnreachable) {
  const auto error = error_of([&] { daemon->make_client()->status(); });
  EXPECT_EQ(error.code(), Errc::kDaemonUnreachable);
}

TEST_P(CtlClientTest, FollowDeliversTheEventsInOrderAndEndsWithTheRun) {
  daemon->run = protocol::to_json(a_run());
  daemon->on_wait = [&] {
    daemon->emit("queued", {{"run_id", "r1"}, {"sync_type", "full"}});
    daemon->emit("started", {{"run_id", "r1"}, {"sync_type", "full"}});
    daemon->emit("progress", {{"run_id", "r1"}, {"step", "teams"}, {"percent", 45}});
    daemon->emit(
        "finished",
        {{"run_id", "r1"}, {"sync_type", "full"}, {"status", "success"}, {"run", daemon->run}});
  };
  std::vector<std::string> names;
  json progress, finished;
  auto& daemons = client();
  daemons.listen();
  const auto ended = daemons.follow({.run_id = "r1", .on_event = [&](const ctl::Event& event) {
                                       names.push_back(event.name);
                                       if (event.name == "progress") progress = *event.told.json;
                                       finished = *event.told.json;
                                       daemons.version();  // callbacks may use the client
                                     }});
  EXPECT_THAT(names, ElementsAre("queued", "started", "progress", "finished"));
  EXPECT_EQ(progress, (json{{"run_id", "r1"}, {"step", "teams"}, {"percent", 45}}));
  EXPECT_EQ(finished["run"], daemon->run);
  EXPECT_EQ(*ended->json, daemon->run);
}

TEST_P(CtlClientTest, FollowEndsWhenToldToStop) {
  daemon->hold_wait = true;
  Stop stop;
  stop.now();
  auto& daemons = client();
  daemons.listen();
  EXPECT_EQ(daemons.follow({.run_id = "r1", .stop_fd = stop.read.get()}), std::nullopt);
}

TEST_P(CtlClientTest, FollowTicksWhileNothingHappens) {
  daemon->hold_wait = true;
  Stop stop;
  auto& daemons = client();
  daemons.listen();
  const auto ended = daemons.follow(
      {.run_id = "r1", .stop_fd = stop.read.get(), .on_tick = [&] { stop.now(); }, .tick = 10ms});
  EXPECT_EQ(ended, std::nullopt);
}

TEST_P(CtlClientTest, DaemonThatLeavesDuringTheWaitIsUnreachable) {
  std::promise<void> waiting;
  daemon->hold_wait = true;
  daemon->on_wait = [&] { waiting.set_value(); };
  auto& daemons = client();
  daemons.listen();
  auto error = std::async(std::launch::async,
                          [&] { return error_of([&] { daemons.follow({.run_id = "r1"}); }); });
  waiting.get_future().wait();
  daemon->go();
  EXPECT_EQ(error.get().code(), Errc::kDaemonUnreachable);
}

}  // namespace
}  // namespace nbasync::testing
