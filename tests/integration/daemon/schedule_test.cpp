#include <gmock/gmock.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "integration/daemon/daemon_fixture.hpp"
#include "support/file_text.hpp"
#include "support/preload.hpp"

namespace nbasync::testing {
namespace {

using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;

// Schedules of the real daemon: firing, reloading, pausing, and a wall clock that is moved.
class ScheduleTest : public DaemonFixture {
 protected:
  ScheduleTest() { common_ = file_text(config_); }

  // The configuration with these lines at its end.
  void configure(const std::string& text) const { std::ofstream(config_) << common_ << text; }

  nlohmann::json explain(const std::string& schedule) {
    EXPECT_EQ(client({"explain", schedule, "--json"}), 0) << err_;
    return nlohmann::json::parse(out_);
  }

  std::string common_;
};

TEST_F(ScheduleTest, FiresEachSecondOnceAndNoneIsLost) {
  configure("schedules: [{name: often, sync: teams, every: 1s}]\n");
  start_daemon();
  ASSERT_TRUE(daemon_->wait_for("sync finished", 3));
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0);
  EXPECT_EQ(query("SELECT count(*) - count(DISTINCT reason) FROM nbasync_decisions "
                  "WHERE decision = 'fired'"),
            "0")
      << "one fired twice";
  std::istringstream lines(
      query("SELECT substr(reason, length('due at ') + 1) FROM nbasync_decisions ORDER BY id"));
  std::optional<SystemTime> before;
  for (std::string line; std::getline(lines, line);) {
    const auto due = parse_utc(line);
    ASSERT_TRUE(due) << line;
    EXPECT_EQ(*due - before.value_or(*due - seconds(1)), seconds(1)) << "one was lost: " << line;
    before = due;
  }
  EXPECT_TRUE(before);
  EXPECT_EQ(query("SELECT count(*) FROM nbasync_decisions WHERE decision != 'fired'"), "0");
  EXPECT_EQ(query("SELECT DISTINCT triggered_by FROM data_sync_log"), "schedule:often");
}

TEST_F(ScheduleTest, AReloadPutsNewSchedulesInForce) {
  configure("schedules: [{name: nightly, sync: full, cron: '0 9 * * *'}]\n");
  start_daemon();
  configure("schedules: [{name: weekly, sync: full, cron: '@weekly'}]\nlog: {level: debug}\n");
  EXPECT_EQ(client({"reload"}), 0) << err_;
  EXPECT_EQ(explain("weekly")["rule"], "cron '@weekly' in UTC");
  EXPECT_EQ(client({"explain", "nightly"}), 5);
}

TEST_F(ScheduleTest, ABrokenFileChangesNothingAndSaysWhere) {
  configure("schedules: [{name: nightly, sync: full, cron: '0 9 * * *'}]\n");
  start_daemon();
  const auto next = explain("nightly")["next"];
  const char* const kBroken[] = {
      "schedules: [{name: nightly, sync: full, cron: '0 25 * * *'}]\n",
      "schedules: {}\n",
      "schedules: [",
      "nonsense: 1\n",
      "season: 2025-27\n",
      "sync: {queue_limit: 0}\n",
      "sync: {run_timeout: 5}\n",
      "log: {level: loud}\n",
      "dbus: {bus: tram}\n",
      "\tseason: auto\n",
      "schedules: [{name: a, sync: full, every: 0s}]\n",
      "control: {socket: ''}\n",
      "schedules: [{name: a, sync: full}]\n",
      "sync: {freshness: {teams: never}}\n",
      "season: [1]\n",
      "sync: {defaults: {ful: {wait: true}}}\n",
      "\xff\xfe\n",
      "control: {http: {listen: here}}\n",
      "season: 2024-25\nseason: 2025-26\n",
      "schedules: [{name: a, sync: full, cron: '@daily', timezone: Denver}]\n"};
  static_assert(std::size(kBroken) == 20);
  std::size_t refused = 0;
  for (const auto* broken : kBroken) {
    configure(broken);
    EXPECT_EQ(client({"reload"}), 78) << broken;
    EXPECT_THAT(err_, HasSubstr(config_.string() + ":")) << broken;
    daemon_->signal(SIGHUP);
    EXPECT_TRUE(daemon_->wait_for("configuration not reloaded error=", refused += 2)) << broken;
  }
  EXPECT_EQ(explain("nightly")["next"], next);
  EXPECT_EQ(client({"status"}), 0);
  EXPECT_THAT(out_, HasSubstr("Denver"));  // the last mistake is shown
  EXPECT_EQ(client({"status", "--json"}), 0);
  const auto status = nlohmann::json::parse(out_);
  EXPECT_EQ(status["schedules"].size(), 1);
  EXPECT_FALSE(status["configuration"]["error"].is_null());

  configure("schedules: [{name: nightly, sync: full, cron: '0 9 * * *'}]\n");
  daemon_->signal(SIGHUP);
  EXPECT_TRUE(daemon_->wait_for("configuration reloaded"));
  EXPECT_EQ(client({"status", "--json"}), 0);
  EXPECT_TRUE(nlohmann::json::parse(out_)["configuration"]["error"].is_null());
}

TEST_F(ScheduleTest, WhatNeedsARestartIsNamed) {
  start_daemon();
  const auto place = place_.configuration();
  std::ofstream(config_) << "database: {path: /elsewhere.db}\ndbus: {bus: session}\n"
                         << "control: {socket: " << socket_ << "}\n"
                         << place.substr(place.find('\n') + 1);
  EXPECT_EQ(client({"reload"}), 0) << err_;
  EXPECT_EQ(client({"status", "--json"}), 0);
  EXPECT_EQ(nlohmann::json::parse(out_)["configuration"]["restart_needed"],
            nlohmann::json({"database"}));
}

TEST_F(ScheduleTest, APauseSurvivesAKill) {
  configure("schedules: [{name: often, sync: teams, every: 1s}]\n");
  start_daemon();
  ASSERT_TRUE(daemon_->wait_for("schedule fired"));
  EXPECT_EQ(client({"pause"}), 0) << err_;
  EXPECT_EQ(client({"runs"}), 0);  // after a round trip to the database
  while (query("SELECT value FROM nbasync_settings") != "true") {
  }
  daemon_->signal(SIGKILL);
  daemon_->wait();
  start_daemon();
  EXPECT_EQ(client({"status", "--json"}), 0);
  EXPECT_TRUE(nlohmann::json::parse(out_)["paused"]);
  EXPECT_TRUE(explain("often")["next"].is_null());
  EXPECT_EQ(client({"resume"}), 0) << err_;
  EXPECT_TRUE(daemon_->wait_for("schedule fired"));
}

// Its first run is due at once, the next after a day.
constexpr const char* kDaily =
    "schedules: [{name: daily, sync: teams, every: 1d, aligned: false, "
    "retry: {times: 3, after: 1s}}]\n";

TEST_F(ScheduleTest, WhatFailsWhenItIsDueIsTriedAgain) {
  common_.insert(common_.find("dbus:"), "  retries: 1\n");
  configure(kDaily);
  upstream_.set_fault("commonteamyears", "status=503");
  start_daemon();
  ASSERT_TRUE(daemon_->wait_for("status=failed")) << daemon_->err();
  upstream_.clear_faults();
  ASSERT_TRUE(daemon_->wait_for("status=success")) << daemon_->err();
  const auto explained = explain("daily");
  EXPECT_EQ(explained["last_status"], "success");
  EXPECT_FALSE(explained.contains("retry_at"));
  EXPECT_EQ(explained["decisions"][0]["decision"], "retried");
  EXPECT_THAT(explained["decisions"][0]["reason"].get<std::string>(), HasSubstr(" of 3: run "));
  EXPECT_EQ(query("SELECT status FROM data_sync_log ORDER BY id LIMIT 1"), "failed");
}

TEST_F(ScheduleTest, ARunThatAKillInterruptedIsTriedAgainAfterTheRestart) {
  configure(kDaily);
  upstream_.set_fault("commonteamyears", "hang");
  start_daemon();
  ASSERT_TRUE(upstream_.wait_for_requests(1));  // so its row is durable
  daemon_->signal(SIGKILL);
  daemon_->wait();
  upstream_.clear_faults();
  start_daemon();
  ASSERT_TRUE(daemon_->wait_for("status=success")) << daemon_->err();
  EXPECT_EQ(explain("daily")["decisions"][0]["decision"], "retried");
  EXPECT_EQ(query("SELECT status FROM data_sync_log ORDER BY id"), "interrupted\nsuccess");
}

TEST_F(ScheduleTest, StatusCheckFailsWhileDataIsStale) {
  start_daemon();
  EXPECT_EQ(client({"status", "--check"}), 9);
  ASSERT_EQ(client({"sync", "full"}), 0) << err_;
  EXPECT_EQ(client({"status", "--check"}), 0) << out_ << err_;
}

// The wall clock of one process, by libfaketime.
class MovedClockTest : public ScheduleTest {
 protected:
  void SetUp() override {
    if (*SANITIZER != '\0') GTEST_SKIP() << "a sanitizer's runtime must be the first library";
  }

  MovedClockTest() {
    ::setenv("FAKETIME_TIMESTAMP_FILE", offset_.c_str(), 1);
    ::setenv("FAKETIME_NO_CACHE", "1", 1);
    ::setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1", 1);
  }
  ~MovedClockTest() override {
    for (const auto* name :
         {"FAKETIME_TIMESTAMP_FILE", "FAKETIME_NO_CACHE", "FAKETIME_DONT_FAKE_MONOTONIC"}) {
      ::unsetenv(name);
    }
  }

  // From now on the daemon reads this time.
  void set_clock(const std::string& time) {
    const auto by = duration_cast<seconds>(*parse_utc(time) - RealClock().wall()).count();
    const auto next = directory_.path() / "offset.next";
    std::ofstream(next) << (by < 0 ? "" : "+") << by << '\n';
    std::filesystem::rename(next, offset_);
  }

  void start_daemon_with_moved_clock() {
    with_preload(LIBFAKETIME, {}, [this] { daemon_ = spawn_daemon(); });
    wait_until_it_serves();
  }

  std::string fired() const {
    return query(
        "SELECT decision FROM nbasync_decisions WHERE schedule = 'hourly' AND decision != 'missed' "
        "ORDER BY id");
  }

  // A decision is written beside the run, and may come later than the run's end.
  std::string fired_in_the_end(const std::string& expected) {
    const auto ceiling = std::chrono::steady_clock::now() + Process::kCeiling;
    while (fired() != expected && std::chrono::steady_clock::now() < ceiling) explain("hourly");
    return fired();
  }

  std::filesystem::path offset_ = directory_.path() / "offset";
};

TEST_F(MovedClockTest, ForwardByAnHourMakesUpOnceAndBackByTwoRepeatsNothing) {
  configure("schedules: [{name: hourly, sync: teams, cron: '0 * * * *'}]\n");
  set_clock("2026-01-15T12:20:00Z");
  start_daemon_with_moved_clock();
  EXPECT_EQ(explain("hourly")["next"], "2026-01-15T13:00:00Z");

  set_clock("2026-01-15T13:20:00Z");
  EXPECT_EQ(client({"version"}), 0);  // any turn of the loop sees it; the kernel was not told
  ASSERT_TRUE(daemon_->wait_for("sync finished"));
  EXPECT_EQ(fired_in_the_end("caught-up"), "caught-up");

  set_clock("2026-01-15T11:20:00Z");
  EXPECT_EQ(explain("hourly")["decisions"].size(), 1);
  EXPECT_EQ(explain("hourly")["next"], "2026-01-15T14:00:00Z");
  set_clock("2026-01-15T13:10:00Z");  // 12:00 and 13:00 have passed again
  EXPECT_EQ(explain("hourly")["next"], "2026-01-15T14:00:00Z");
  EXPECT_EQ(fired(), "caught-up");

  set_clock("2026-01-15T14:00:01Z");
  EXPECT_EQ(client({"version"}), 0);
  ASSERT_TRUE(daemon_->wait_for("sync finished", 2));
  EXPECT_EQ(fired_in_the_end("caught-up\nfired"), "caught-up\nfired");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log"), "2");
}

TEST_F(MovedClockTest, WhatIsStillToBeMadeUpForOutlivesTheDaemon) {
  configure("schedules: [{name: hourly, sync: teams, cron: '0 * * * *', catch_up: all}]\n");
  set_clock("2026-01-15T12:20:00Z");
  upstream_.set_fault("commonteamyears", "hang");
  start_daemon_with_moved_clock();
  EXPECT_EQ(explain("hourly")["next"], "2026-01-15T13:00:00Z");
  set_clock("2026-01-15T15:20:00Z");
  EXPECT_EQ(client({"version"}), 0);
  ASSERT_TRUE(upstream_.wait_for_requests(1));  // of 13:00; 14:00 and 15:00 wait
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0);
  upstream_.clear_faults();
  start_daemon_with_moved_clock();
  ASSERT_TRUE(daemon_->wait_for("sync finished", 2)) << daemon_->err();
  EXPECT_EQ(fired_in_the_end("caught-up\ngave-up\ncaught-up\ncaught-up"),
            "caught-up\ngave-up\ncaught-up\ncaught-up");
  EXPECT_EQ(query("SELECT status FROM data_sync_log ORDER BY id"), "interrupted\nsuccess\nsuccess");
}

}  // namespace
}  // namespace nbasync::testing
