#include <gmock/gmock.h>

#include "integration/daemon/bus_caller.hpp"
#include "integration/daemon/daemon_fixture.hpp"
#include "support/has_program.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// The level of the log, as `systemctl service-log-level` reads and sets it.
class LogControlTest : public DaemonFixture {
 protected:
  LogControlTest() : DaemonFixture(PrivateBus::Kind::kSystem) {}

  void SetUp() override {
    if (!has_program("busctl")) GTEST_SKIP() << "busctl is not installed";
    start_daemon();
  }

  // Runs busctl: its exit status.
  int busctl(const std::vector<std::string>& what, std::vector<std::string> words = {}) {
    words.insert(words.end(), {"busctl", "--system"});
    words.insert(words.end(), what.begin(), what.end());
    Process process(words);
    const auto status = process.wait();
    out_ = process.out();
    err_ = process.err();
    return status.value_or(-1000);
  }
  std::string get(const std::string& property) {
    EXPECT_EQ(busctl({"get-property", protocol::kBusName, "/org/freedesktop/LogControl1",
                      "org.freedesktop.LogControl1", property}),
              0)
        << err_;
    return out_;
  }
  int set(const std::string& property, const std::string& value,
          const std::vector<std::string>& as = {}) {
    return busctl({"set-property", protocol::kBusName, "/org/freedesktop/LogControl1",
                   "org.freedesktop.LogControl1", property, "s", value},
                  as);
  }
};

TEST_F(LogControlTest, LevelIsReadAndSetForReal) {
  EXPECT_EQ(get("LogLevel"), "s \"info\"\n");
  BusCaller root;
  EXPECT_EQ(root.call("Pause"), "");
  EXPECT_TRUE(daemon_->wait_for("schedules paused")) << daemon_->err();
  EXPECT_THAT(daemon_->err(), ::testing::Not(HasSubstr("bus caller allowed")));

  ASSERT_EQ(set("LogLevel", "debug"), 0) << err_;
  EXPECT_EQ(get("LogLevel"), "s \"debug\"\n");
  EXPECT_EQ(root.call("Resume"), "");
  EXPECT_TRUE(daemon_->wait_for("bus caller allowed action=org.nbasync.Sync1.manage"))
      << daemon_->err();

  ASSERT_EQ(set("LogLevel", "warning"), 0) << err_;
  EXPECT_EQ(root.call("Pause"), "");
  ASSERT_EQ(set("LogLevel", "info"), 0) << err_;
  EXPECT_TRUE(daemon_->wait_for("log level set level=info")) << daemon_->err();
  EXPECT_FALSE(daemon_->wait_for("schedules paused", 2, std::chrono::milliseconds(0)))
      << daemon_->err();
}

TEST_F(LogControlTest, EveryWordOfSyslogHasALevel) {
  for (const auto& [word, read] : std::map<std::string, std::string>{{"emerg", "err"},
                                                                     {"alert", "err"},
                                                                     {"crit", "err"},
                                                                     {"err", "err"},
                                                                     {"warning", "warning"},
                                                                     {"notice", "info"},
                                                                     {"info", "info"},
                                                                     {"debug", "debug"}}) {
    EXPECT_EQ(set("LogLevel", word), 0) << word << err_;
    EXPECT_EQ(get("LogLevel"), "s \"" + read + "\"\n") << word;
  }
}

TEST_F(LogControlTest, UnknownWordsAreRefusedByName) {
  const auto connection = sdbus::createSystemBusConnection();
  const auto object = sdbus::createProxy(*connection, dbus::ServiceName(protocol::kBusName),
                                         dbus::ObjectPath("/org/freedesktop/LogControl1"));
  for (const auto* property : {"LogLevel", "LogTarget"}) {
    for (const auto* word : {"verbose", "", "7", "kmsg"}) {
      try {
        object->setProperty(property)
            .onInterface("org.freedesktop.LogControl1")
            .toValue(std::string(word));
        ADD_FAILURE() << property << " took " << word;
      } catch (const sdbus::Error& error) {
        EXPECT_EQ(error.getName(), "org.freedesktop.DBus.Error.InvalidArgs");
        EXPECT_THAT(error.getMessage(), HasSubstr(property));
      }
    }
  }
  EXPECT_EQ(get("LogLevel"), "s \"info\"\n");
}

TEST_F(LogControlTest, TargetAndIdentifierAreTold) {
  EXPECT_EQ(get("LogTarget"), "s \"console\"\n");
  EXPECT_EQ(set("LogTarget", "console"), 0) << err_;
  EXPECT_EQ(set("LogTarget", "auto"), 0) << err_;
  EXPECT_EQ(get("SyslogIdentifier"), "s \"nbasyncd\"\n");
  EXPECT_NE(set("SyslogIdentifier", "other"), 0);
}

TEST_F(LogControlTest, StrangerReadsButDoesNotSet) {
  if (!OtherUser::possible()) GTEST_SKIP() << "only root can be somebody else";
  const std::vector<std::string> stranger{"setpriv", "--reuid=65534", "--regid=65534",
                                          "--clear-groups"};
  EXPECT_NE(set("LogLevel", "debug", stranger), 0);
  EXPECT_THAT(err_, HasSubstr("Access denied"));
  EXPECT_EQ(busctl({"get-property", protocol::kBusName, "/org/freedesktop/LogControl1",
                    "org.freedesktop.LogControl1", "LogLevel"},
                   stranger),
            0)
      << err_;
  EXPECT_EQ(out_, "s \"info\"\n");
}

}  // namespace
}  // namespace nbasync::testing
