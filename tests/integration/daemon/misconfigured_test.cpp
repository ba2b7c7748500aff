#include <gmock/gmock.h>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

#include "integration/daemon/bus_caller.hpp"
#include "integration/daemon/control_fixture.hpp"
#include "integration/daemon/openapi_check.hpp"
#include "support/has_program.hpp"
#include "support/notify_socket.hpp"

// A mistake in the configuration under systemd: the daemon stays up and tells it at every door,
// until it is mended.

namespace nbasync::testing {
namespace {

using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Stands before the daemon, which the fixture starts.
class NotifyFirst {
 protected:
  NotifySocket manager_;
};

class MisconfiguredTest : public NotifyFirst, public ControlFixture {
 protected:
  MisconfiguredTest() : ControlFixture(PrivateBus::Kind::kSystem) {}

  // Its first client starts it.
  void SetUp() override {
    if (!has_program("systemd-socket-activate")) GTEST_SKIP() << "no systemd-socket-activate here";
    break_it();
    daemon_ = std::make_unique<Process>(
        std::vector<std::string>{"systemd-socket-activate", "--listen=" + socket_.string(),
                                 "--listen=" + read_.string(), "--fdname=nbasyncd.socket:read",
                                 "--setenv=NOTIFY_SOCKET=" + std::string(::getenv("NOTIFY_SOCKET")),
                                 "--setenv=DBUS_SYSTEM_BUS_ADDRESS=" + bus_.address(), NBASYNCD,
                                 "--config", config_.string()});
    ASSERT_TRUE(daemon_->wait_for("Listening on", 2));
    EXPECT_EQ(over_socket({"status"}), 78) << err_;
    ASSERT_TRUE(manager_.wait_for("60-broken.yaml:2"));
    ASSERT_TRUE(manager_.wait_for("READY=1"));
  }

  void break_it() const { std::ofstream(drop_in_) << "season: 2025-26\nseson: 2024-25\n"; }
  void mend() const { std::filesystem::remove(drop_in_); }

  // How nbasyncctl ends, which takes no time.
  int over_socket(std::vector<std::string> words) {
    words.insert(words.begin(), {NBASYNCCTL, "--socket", socket_.string()});
    Process process(words);
    const auto status = process.wait(seconds(5));
    err_ = process.err();
    return status.value_or(-1000);
  }

  void expect_to_serve() {
    ASSERT_TRUE(manager_.wait_for("READY=1"));
    ASSERT_TRUE(daemon_->wait_for("daemon started"));
    EXPECT_EQ(over_socket({"sync", "teams"}), 0) << err_;
    EXPECT_TRUE(get("/api/v1/status")["configuration"]["error"].is_null());
    EXPECT_EQ(client({"status"}), 0) << err_;
    daemon_->signal(SIGTERM);
    EXPECT_EQ(daemon_->wait(seconds(5)), 0);
    EXPECT_EQ(daemon_->err().find("daemon started", daemon_->err().find("daemon started") + 1),
              std::string::npos);
  }

  const std::filesystem::path read_ = directory_.path() / "read.sock";
  const std::filesystem::path drop_in_ = drop_ins_ / "60-broken.yaml";
};

TEST_F(MisconfiguredTest, EveryDoorTellsIt) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"status"}, {"sync", "teams"}, {"runs"}, {"reload"}, {"pause"}, {"games"}}) {
    EXPECT_EQ(over_socket(words), 78) << words[0];
    EXPECT_THAT(err_, HasSubstr("60-broken.yaml:2")) << words[0];
  }
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"status"}, {"sync", "teams"}, {"runs"}, {"reload"}, {"pause"}}) {
    EXPECT_EQ(client(words), 78) << words[0] << out_;
    EXPECT_THAT(err_, HasSubstr("60-broken.yaml:2")) << words[0];
  }
  const auto reply = ask("GET", "/api/teams");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(nlohmann::json::parse(reply.body)["code"], "bad-configuration");
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
  EXPECT_THAT(ask("GET", "/").header("Content-Type"), HasSubstr("text/html")) << "which shows it";
  EXPECT_EQ(ask("GET", "/page/app.js").status, 200);
  EXPECT_EQ(ask("GET", "/readyz").status, 503);
  EXPECT_THAT(ask("GET", "/metrics").body, HasSubstr("nbasync_config_last_reload_successful 0"));
  EXPECT_FALSE(std::filesystem::exists(database_));
}

TEST_F(MisconfiguredTest, TheSocketForReadingTellsItAndMendsNothing) {
  const auto read = [this](const std::string& method, const std::string& target) {
    return RawConnection::to_socket(read_.string()).ask(method, target);
  };
  const auto reply = read("GET", "/api/v1/status");
  EXPECT_EQ(reply.status, 503);
  EXPECT_THAT(reply.body, HasSubstr("60-broken.yaml:2"));
  mend();
  const auto refused = read("POST", "/api/v1/reload");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("use " + socket_.string()));
  EXPECT_EQ(over_socket({"reload"}), 0) << err_;
  ASSERT_TRUE(daemon_->wait_for("daemon started"));
  EXPECT_EQ(read("GET", "/api/v1/status").status, 200);
}

TEST_F(MisconfiguredTest, ReloadOverTheSocketMendsIt) {
  EXPECT_EQ(over_socket({"reload"}), 78);
  mend();
  EXPECT_EQ(over_socket({"reload"}), 0) << err_;
  expect_to_serve();
}

TEST_F(MisconfiguredTest, ReloadOverTheBusMendsIt) {
  mend();
  BusCaller caller;
  EXPECT_EQ(caller.call("Reload"), "") << caller.message();
  EXPECT_EQ(caller.call("Status"), "org.freedesktop.DBus.Error.ServiceUnknown")
      << "with systemd, the bus waits for the next to have the name";
  expect_to_serve();
}

TEST_F(MisconfiguredTest, SighupMendsItAndTellsTheNextMistakeBefore) {
  std::ofstream(drop_in_) << "season: never\n";
  daemon_->signal(SIGHUP);
  ASSERT_TRUE(manager_.wait_for("60-broken.yaml:1"));
  EXPECT_EQ(over_socket({"status"}), 78);
  EXPECT_THAT(err_, HasSubstr("60-broken.yaml:1"));
  mend();
  daemon_->signal(SIGHUP);
  expect_to_serve();
}

TEST_F(MisconfiguredTest, SignalsThatComeMeanwhileEndNothing) {
  mend();
  for (bool started = false; !started;) {
    daemon_->signal(SIGHUP);
    started = daemon_->wait_for("daemon started", 1, std::chrono::milliseconds(1));
  }
  expect_to_serve();
}

TEST_F(MisconfiguredTest, SigtermEndsIt) {
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0) << daemon_->err();
}

TEST_F(MisconfiguredTest, SigquitIsAsSigterm) {
  daemon_->signal(SIGQUIT);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0) << daemon_->err();
}

TEST_F(MisconfiguredTest, WithoutASocketFromSystemdItEndsWithItsStatus) {
  auto daemon = spawn_daemon();
  EXPECT_EQ(daemon->wait(seconds(5)), 78);
  EXPECT_THAT(daemon->err(), HasSubstr("60-broken.yaml:2"));
  EXPECT_EQ(once("teams"), 78);
}

TEST_F(MisconfiguredTest, EachRouteSaysItAsDocumented) {
  check_openapi(socket_.string(), {"refused_everywhere", "bad-configuration"});
}

}  // namespace
}  // namespace nbasync::testing
