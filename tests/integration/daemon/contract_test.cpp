#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "integration/daemon/daemon_fixture.hpp"
#include "protocol/names.hpp"
#include "support/has_program.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

// The contract of the bus, held to by the tools and the library that other people use.
class ContractTest : public DaemonFixture {
 protected:
  ContractTest() {
    std::ofstream(config_, std::ios::app)
        << "sync: {queue_limit: 1}\n"
        << "schedules: [{name: nightly, sync: full, cron: \"0 9 * * *\"}]\n";
  }

  void SetUp() override { start_daemon(); }

  // Runs a program to its end: its exit status.
  int run(const std::vector<std::string>& words) {
    Process process(words);
    const auto status = process.wait();
    out_ = process.out();
    err_ = process.err();
    return status.value_or(-1000);
  }
  int busctl(std::vector<std::string> words, const std::string& verb = "call") {
    words.insert(words.begin(), {"busctl", "--user", "--json=short", verb, protocol::kBusName,
                                 protocol::kObjectPath, protocol::kInterface});
    return run(words);
  }
  int gdbus(const std::string& method, std::vector<std::string> words = {}) {
    words.insert(words.begin(), {"gdbus", "call", "--session", "--dest", protocol::kBusName,
                                 "--object-path", protocol::kObjectPath, "--method",
                                 std::string(protocol::kInterface) + "." + method});
    return run(words);
  }
  // Debian's Python: another one on the PATH does not know Debian's libraries.
  static bool has_python_dbus() {
    Process probe({"/bin/sh", "-c", "/usr/bin/python3 -c 'import dbus, gi'"});
    return probe.wait() == 0;
  }
  void check_with_python(const std::vector<std::string>& check) {
    if (!has_python_dbus()) GTEST_SKIP() << "python3-dbus and python3-gi are not installed";
    std::vector<std::string> words{"/usr/bin/python3",
                                   NBASYNC_SOURCE_DIR "/tests/integration/daemon/bus_contract.py"};
    words.insert(words.end(), check.begin(), check.end());
    EXPECT_EQ(run(words), 0) << err_ << daemon_->err();
  }
};

TEST_F(ContractTest, PythonSeesTheDocumentedInterface) {
  check_with_python({"introspection", NBASYNC_SOURCE_DIR "/systemd/org.nbasync.Sync1.Manager.xml"});
}

TEST_F(ContractTest, PythonUsesEveryMember) { check_with_python({"members"}); }

TEST_F(ContractTest, PythonMeetsEveryError) {
  upstream_.set_fault("leaguestandingsv3", "hang");
  check_with_python({"errors"});
}

TEST_F(ContractTest, PythonFollowsTheSignals) { check_with_python({"signals"}); }

TEST_F(ContractTest, BusctlCallsAndReads) {
  if (!has_program("busctl")) GTEST_SKIP() << "busctl is not installed";
  ASSERT_EQ(busctl({"Sync", "sa{sv}", "teams", "2", "timeout", "d", "5", "if_busy", "s", "queue"}),
            0)
      << err_;
  const auto admitted = json::parse(out_);
  EXPECT_EQ(admitted["type"], "ss");
  EXPECT_EQ(admitted["data"][1], "started");
  ASSERT_EQ(busctl({"Wait", "sd", admitted["data"][0], "30"}), 0) << err_;
  const auto ended = json::parse(out_);
  EXPECT_EQ(ended["type"], "a{sv}");
  EXPECT_EQ(ended["data"][0]["records_synced"], (json{{"type", "x"}, {"data", 30}}));
  ASSERT_EQ(busctl({"ListRuns", "ua{sv}", "5", "0"}), 0) << err_;
  EXPECT_EQ(json::parse(out_)["type"], "aa{sv}");
  ASSERT_EQ(busctl({"Status"}), 0) << err_;
  EXPECT_EQ(json::parse(out_)["data"][0]["paused"], (json{{"type", "b"}, {"data", false}}));

  const std::map<std::string, std::string> signatures{
      {"Version", "s"},     {"SyncInProgress", "b"},  {"CurrentRun", "s"},
      {"QueueLength", "u"}, {"LastSuccess", "a{st}"}, {"Paused", "b"}};
  for (const auto& [property, signature] : signatures) {
    ASSERT_EQ(busctl({property}, "get-property"), 0) << err_;
    EXPECT_EQ(json::parse(out_)["type"], signature) << property;
  }
  ASSERT_EQ(busctl({"LastSuccess"}, "get-property"), 0) << err_;
  EXPECT_GT(json::parse(out_)["data"]["teams"], 1'700'000'000'000'000) << "microseconds";

  EXPECT_NE(busctl({"Sync", "s", "teams"}), 0);
  EXPECT_THAT(err_, HasSubstr("Invalid arguments"));
  EXPECT_NE(busctl({"Sync", "sa{sv}", "team", "0"}), 0);
  EXPECT_THAT(err_, HasSubstr("unknown sync type 'team'; did you mean 'teams'?"));
}

TEST_F(ContractTest, GdbusCallsAndNamesTheErrors) {
  if (!has_program("gdbus")) GTEST_SKIP() << "gdbus is not installed";
  ASSERT_EQ(gdbus("Sync", {"teams", "{'timeout': <5.0>}"}), 0) << err_;
  EXPECT_THAT(out_, MatchesRegex("\\('[0-9a-f-]{36}', 'started'\\)\n"));
  ASSERT_EQ(gdbus("Wait", {out_.substr(2, 36), "30"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("'status': <'success'>"));
  EXPECT_THAT(out_, HasSubstr("'records_synced': <int64 30>"));
  EXPECT_EQ(gdbus("Pause"), 0) << err_;
  EXPECT_EQ(gdbus("Resume"), 0) << err_;
  EXPECT_EQ(out_, "()\n");
  EXPECT_EQ(gdbus("Explain", {"nightly"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("'sync_type': <'full'>"));

  EXPECT_NE(gdbus("Explain", {"nightyl"}), 0);
  EXPECT_THAT(
      err_, HasSubstr("GDBus.Error:org.nbasync.Sync1.Error.UnknownSchedule: there is no schedule"));
  EXPECT_NE(gdbus("Sync", {"teams", "{'timeuot': <5.0>}"}), 0);
  EXPECT_THAT(err_, HasSubstr("GDBus.Error:org.freedesktop.DBus.Error.InvalidArgs: unknown option "
                              "'timeuot'; did you mean 'timeout'?"));
  std::ofstream(config_, std::ios::app) << "nonsense: 1\n";
  EXPECT_NE(gdbus("Reload"), 0);
  EXPECT_THAT(err_, HasSubstr(config_.string() + ":")) << "file, line and column";
}

TEST_F(ContractTest, DbusMonitorShowsSignalsWithTheirArguments) {
  if (!has_program("dbus-monitor")) GTEST_SKIP() << "dbus-monitor is not installed";
  Process monitor({"dbus-monitor", "--session",
                   "type='signal',interface='org.nbasync.Sync1.Manager'",
                   "type='signal',interface='org.freedesktop.DBus.Properties'"});
  ASSERT_TRUE(monitor.wait_for("member=NameLost")) << "it monitors by now";
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  ASSERT_TRUE(monitor.wait_for("member=SyncFinished")) << monitor.out();
  ASSERT_TRUE(monitor.wait_for("\"LastSuccess\"")) << monitor.out();
  const auto& seen = monitor.out();
  const auto started = seen.find("member=SyncStarted\n   string \"");
  ASSERT_NE(started, std::string::npos) << seen;
  const auto run_id = seen.substr(seen.find('"', started) + 1, 36);
  EXPECT_THAT(seen.substr(started), StartsWith("member=SyncStarted\n   string \"" + run_id +
                                               "\"\n   string \"teams\"\n"));
  EXPECT_THAT(seen, HasSubstr("member=SyncFinished\n   string \"" + run_id +
                              "\"\n   string \"teams\"\n   string \"success\"\n   array ["));
  EXPECT_THAT(seen, HasSubstr("member=PropertiesChanged"));
}

}  // namespace
}  // namespace nbasync::testing
