#include <gmock/gmock.h>
#include <stdlib.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "integration/daemon/control_fixture.hpp"
#include "support/editions.hpp"
#include "support/file_text.hpp"
#include "support/stand_in_systemd.hpp"

// Who is told that a run has changed something, by the real daemon: a receiver that misbehaves, and
// a service manager.

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class HooksTest : public ControlFixture {
 protected:
  explicit HooksTest(PrivateBus::Kind bus = PrivateBus::Kind::kSession) : ControlFixture(bus) {
    receiver_.set_body("hook", "thank you");
  }

  // Before the daemon starts, or for a reload. `more`: further keys.
  void hook(const std::string& path, const std::string& more = "") {
    std::ofstream(drop_ins_ / "50-hooks.yaml")
        << "hooks: [{name: site, url: 'http://user:secret@" << receiver_.address() << path
        << "', retries: 2" << more << "}]\n";
  }
  void hook() { hook("/stats/hook"); }
  // A run of this edition: each changes all rows of the other.
  void sync(std::size_t edition, const std::string& type = "teams") {
    editions_.publish(edition);
    ASSERT_EQ(client({"sync", type, "-q"}), 0) << err_;
  }
  json sent(std::size_t index) const { return json::parse(receiver_.requests().at(index).body); }
  json state() const { return get("/api/v1/status")["hooks"][0]; }
  void await(const std::string& line, std::size_t times = 1) const {
    ASSERT_TRUE(daemon_->wait_for(line, times)) << daemon_->err();
  }

  StandIn receiver_;
  Editions editions_{upstream_, NBASYNC_DEMO_SEASON};
};

TEST_F(HooksTest, AUrlIsToldOfEachRunThatHasChangedSomething) {
  hook();
  start_daemon();
  sync(0);
  await("hook told name=site runs=1");
  sync(0);  // changes nothing
  ASSERT_EQ(client({"sync", "schedule", "--dry-run", "-q"}), 0) << err_;
  sync(1);
  await("hook told name=site runs=1", 2);
  ASSERT_EQ(receiver_.count(), 2U);
  const auto call = sent(1);
  EXPECT_EQ(call["hook"], "site");
  ASSERT_EQ(call["runs"].size(), 1U);
  EXPECT_EQ(call["runs"][0]["run_id"],
            query("SELECT run_id FROM data_sync_log ORDER BY id DESC LIMIT 1"));
  EXPECT_EQ(call["runs"][0]["sync_type"], "teams");
  EXPECT_EQ(call["runs"][0]["season"], "2025-26");
  EXPECT_EQ(call["runs"][0]["status"], "success");
  EXPECT_EQ(call["corrections"], 0);
  const auto rows = get(call["path"]);
  EXPECT_EQ(rows["last_seq"], call["last_seq"]);
  EXPECT_EQ(rows["count"], call["last_seq"].get<int>() - call["since"].get<int>());
  std::int64_t updated = 0;
  for (const auto& table : call["changes"]) updated += table["updated"].get<std::int64_t>();
  EXPECT_EQ(rows["count"], updated);
  EXPECT_EQ(rows["changes"][0]["run_id"], call["runs"][0]["run_id"]);
}

TEST_F(HooksTest, AFullRunIsOneCallAndStatusAndFiguresTell) {
  hook();
  start_daemon();
  sync(0, "full");
  await("hook told name=site runs=1");
  EXPECT_EQ(receiver_.count(), 1U);
  EXPECT_GT(sent(0)["changes"].size(), 3U);
  EXPECT_EQ(sent(0)["last_seq"], get("/api/v1/changes?limit=1")["last_seq"]);
  const auto told = state();
  EXPECT_EQ(told["name"], "site");
  EXPECT_EQ(told["successes"], 1);
  EXPECT_EQ(told["pending"], 0);
  EXPECT_TRUE(told["last_success"].is_string());
  EXPECT_TRUE(told["last_failure"].is_null());
  EXPECT_TRUE(told["error"].is_null());
  const auto figures = ask("GET", "/metrics").body;
  EXPECT_THAT(figures, HasSubstr("nbasync_hook_tries_total{hook=\"site\",result=\"success\"} 1\n"));
  EXPECT_THAT(figures, HasSubstr("nbasync_hook_pending_runs{hook=\"site\"} 0\n"));
  EXPECT_THAT(figures, HasSubstr("nbasync_hook_last_success_timestamp_seconds{hook=\"site\"} 1"));
}

TEST_F(HooksTest, OneIsForCorrectionsAndADataset) {
  hook("/stats/hook", ", on: [schedule, corrections]");
  start_daemon();
  sync(0);
  sync(0, "schedule");
  await("hook told name=site runs=1");
  EXPECT_EQ(sent(0)["runs"][0]["sync_type"], "schedule");
  sync(0, "game_logs");
  const std::string logs = "teamgamelogs_2025-26_Base";
  const std::string text = file_text(std::filesystem::path(NBASYNC_DEMO_SEASON) / (logs + ".json"));
  upstream_.set_body(logs, set_cells(text, "AST", "7"));  // of games that are settled
  ASSERT_EQ(client({"sync", "game_logs", "-q"}), 0) << err_;
  await("hook told name=site runs=1", 2);
  EXPECT_EQ(receiver_.count(), 2U);
  EXPECT_EQ(sent(1)["runs"][0]["sync_type"], "game_logs");
  EXPECT_GT(sent(1)["corrections"], 100);
}

TEST_F(HooksTest, AReceiverThatFailsOrClosesIsAskedAgain) {
  hook();
  start_daemon();
  for (const auto* fault : {"status=500*1", "close*1"}) {
    const auto before = receiver_.count();
    receiver_.set_fault("hook", fault);
    sync(before / 2);
    await("hook told name=site runs=1", 1 + before / 2);
    EXPECT_EQ(receiver_.count(), before + 2) << fault;
    EXPECT_EQ(sent(before), sent(before + 1)) << "the same";
  }
  EXPECT_EQ(state()["failures"], 2);
  EXPECT_TRUE(get("/api/v1/status")["problems"].empty());
  EXPECT_THAT(daemon_->err(), HasSubstr("hook not told name=site try=1/2 error=\"" +
                                        receiver_.address() + " answers with status 500\""));
}

TEST_F(HooksTest, WhoIsAtAWrongPlaceIsAProblemUntilTheConfigurationIsMended) {
  hook("/stats/nowhere");
  start_daemon();
  sync(0);
  await("hook not told name=site");
  const auto problems = get("/api/v1/status")["problems"];
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0]["part"], "hooks.site");
  EXPECT_THAT(problems[0]["message"].get<std::string>(), HasSubstr("answers with status 404"));
  EXPECT_EQ(state()["pending"], 1);
  client({"status"});
  EXPECT_THAT(out_, HasSubstr("hooks.site does not work"));
  EXPECT_THAT(out_, HasSubstr(receiver_.address() + " answers with status 404"));
  client({"doctor"});
  EXPECT_THAT(out_, HasSubstr("answers with status 404"));
  EXPECT_EQ(receiver_.count(), 1U);
  hook();
  ASSERT_EQ(client({"reload"}), 0) << err_;
  await("hook told name=site runs=1");
  EXPECT_EQ(sent(1), sent(0)) << "nothing was lost";
  EXPECT_TRUE(get("/api/v1/status")["problems"].empty());
  EXPECT_THAT(daemon_->err(), Not(HasSubstr("secret")));
}

TEST_F(HooksTest, RedirectsAreNotFollowed) {
  receiver_.set_fault("hook", "redirect=http://" + receiver_.address() + "/stats/elsewhere");
  hook();
  start_daemon();
  sync(0);
  await("which is not followed");
  EXPECT_EQ(receiver_.count(), 1U);
}

TEST_F(HooksTest, NobodyWaitsForASlowReceiverNorDoesTheEndOfTheDaemon) {
  receiver_.set_fault("hook", "hang");
  hook("/stats/hook", ", timeout: 5m");
  start_daemon();
  sync(0);
  ASSERT_TRUE(receiver_.wait_for_requests(1));
  sync(1);
  sync(0);
  EXPECT_EQ(state()["pending"], 3);
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0) << daemon_->err();
  EXPECT_THAT(daemon_->err(), HasSubstr("hook not told name=site runs=3: the daemon stops"));
}

TEST_F(HooksTest, WhatComesWhileAReceiverIsSlowIsOneCall) {
  receiver_.set_fault("hook", "hang");
  hook("/stats/hook", ", timeout: 5m");
  start_daemon();
  sync(0);
  ASSERT_TRUE(receiver_.wait_for_requests(1));
  sync(1);
  sync(0);
  receiver_.set_fault("hook", "no-content");
  hook();  // changed: the one that hangs is broken off
  ASSERT_EQ(client({"reload"}), 0) << err_;
  await("hook told name=site runs=3");
  EXPECT_EQ(sent(1)["run_count"], 3);
  EXPECT_EQ(sent(1)["since"], 0);
  EXPECT_EQ(sent(1)["last_seq"], get("/api/v1/changes?limit=1")["last_seq"]);
}

TEST_F(HooksTest, AReloadAddsAndRemoves) {
  start_daemon();
  EXPECT_TRUE(get("/api/v1/status")["hooks"].empty());
  hook();
  ASSERT_EQ(client({"reload"}), 0) << err_;
  sync(0);
  await("hook told name=site runs=1");
  std::filesystem::remove(drop_ins_ / "50-hooks.yaml");
  ASSERT_EQ(client({"reload"}), 0) << err_;
  sync(1);
  EXPECT_TRUE(get("/api/v1/status")["hooks"].empty());
  EXPECT_EQ(receiver_.count(), 1U);
  EXPECT_THAT(ask("GET", "/metrics").body, Not(HasSubstr("nbasync_hook_pending_runs{")));
}

// On a system bus of the test's own.
class HookUnitTest : public HooksTest {
 protected:
  HookUnitTest() : HooksTest(PrivateBus::Kind::kSystem) {
    ::setenv("RUNTIME_DIRECTORY", directory_.path().c_str(), 1);
    systemd_.set(kUnit, "loaded", "inactive");
    configure(std::string("hooks: [{name: report, unit: ") + kUnit + "}]\n");
  }
  ~HookUnitTest() override { ::unsetenv("RUNTIME_DIRECTORY"); }

  json written() const {
    std::ifstream file(directory_.path() / "hooks/nbasync-hook-report.json");
    return json::parse(file);
  }

  static constexpr const char* kUnit = "nbasync-hook-report.service";
  StandInSystemd systemd_{sdbus::createSystemBusConnection()};
};

TEST_F(HookUnitTest, AUnitIsStartedAndFindsWhatChanged) {
  start_daemon();
  sync(0);
  await("hook told name=report runs=1");
  EXPECT_EQ(systemd_.restarted().size(), 1U);
  EXPECT_EQ(written()["runs"][0]["sync_type"], "teams");
  EXPECT_EQ(written()["last_seq"], get("/api/v1/changes?limit=1")["last_seq"]);
}

TEST_F(HookUnitTest, WhatChangesWhileItIsAtWorkComesAfterItsEnd) {
  start_daemon();
  systemd_.set(kUnit, "loaded", "activating");
  sync(0);
  sync(1);
  systemd_.set(kUnit, "loaded", "inactive");
  await("hook told name=report");
  EXPECT_EQ(written()["since"], 0);
  EXPECT_EQ(written()["last_seq"], get("/api/v1/changes?limit=1")["last_seq"]);
}

}  // namespace
}  // namespace nbasync::testing
