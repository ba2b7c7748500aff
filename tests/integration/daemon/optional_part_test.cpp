#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "dbus/sdbus.hpp"
#include "integration/daemon/control_fixture.hpp"
#include "protocol/names.hpp"
#include "support/notify_socket.hpp"
#include "support/preload.hpp"

// A part that the daemon can do without fails: the rest serves, the status tells it, and it is
// tried again.

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

class OptionalPartTest : public ControlFixture {
 protected:
  void start() {
    daemon_ = spawn_daemon();
    while (told_.find("READY=1") == std::string::npos) {
      const auto message = manager_.next(std::chrono::seconds(30));
      ASSERT_TRUE(message) << daemon_->err();
      told_ += *message;
    }
  }

  // Puts more into the configuration.
  void put_behind(const std::string& words, const std::string& more) const {
    std::string text;
    std::getline(std::ifstream(config_), text, '\0');
    std::ofstream(config_) << text.insert(text.find(words) + words.size(), more);
  }

  // The one problem, as all tell it; and all else works.
  void expect_problem(const std::string& part, const std::string& why) {
    const auto problems = get("/api/v1/status")["problems"];
    ASSERT_EQ(problems.size(), 1U) << problems;
    EXPECT_EQ(problems[0]["part"], part);
    EXPECT_THAT(problems[0]["message"].get<std::string>(), HasSubstr(why));
    Process status({NBASYNCCTL, "--socket", socket_.string(), "status"});
    EXPECT_EQ(status.wait(), 0);
    EXPECT_THAT(status.out(), HasSubstr("Problem: " + part)) << status.out();
    const bool told = told_.find(part + ": ") != std::string::npos;
    EXPECT_TRUE(told || manager_.wait_for(part + ": ")) << "the status line";
    EXPECT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  }

  void expect_no_problem() {
    EXPECT_TRUE(manager_.wait_for("STATUS="));
    EXPECT_EQ(get("/api/v1/status")["problems"].size(), 0U);
  }

  NotifySocket manager_;
  std::string told_;  // to it, until the daemon was ready
};

TEST_F(OptionalPartTest, AnAddressThatSomebodyElseHas) {
  std::optional<StandIn> other(std::in_place);
  const auto port = other->port();
  put_behind("control: {", "http: {listen: \"" + other->address() + "\"}, ");
  start();
  expect_problem("control.http.listen", "Address already in use");
  other.reset();
  ASSERT_TRUE(daemon_->wait_for("part works again part=control.http.listen"));
  EXPECT_EQ(RawConnection::to_port(port).ask("GET", "/healthz").status, 200);
  expect_no_problem();
}

TEST_F(OptionalPartTest, AnAddressWhoseNameIsUnknown) {
  put_behind("control: {", "http: {listen: \"no-such-host.invalid:8080\"}, ");
  start();
  expect_problem("control.http.listen", "no-such-host.invalid");
}

TEST_F(OptionalPartTest, ANameOnTheBusThatSomebodyElseHas) {
  auto other = sdbus::createSessionBusConnectionWithAddress(bus_.address());
  other->requestName(dbus::ServiceName(protocol::kBusName));
  start();
  expect_problem("dbus", "another program has the name");
  other.reset();
  ASSERT_TRUE(daemon_->wait_for("bus connected"));
  expect_no_problem();
}

TEST_F(OptionalPartTest, ABusThatGoes) {
  start();
  bus_.kill();
  ASSERT_TRUE(daemon_->wait_for("bus not available"));
  expect_problem("dbus", "");
  bus_.start();
  ASSERT_TRUE(daemon_->wait_for("bus connected", 2));
  expect_no_problem();
}

TEST_F(OptionalPartTest, AFileOfAuthoritiesThatIsNotThere) {
  const auto file = directory_.path() / "ca.pem";
  put_behind("upstream:\n", "  ca_file: " + file.string() + "\n");
  start();
  ASSERT_TRUE(daemon_->wait_for("part not available part=upstream.ca_file"));
  expect_problem("upstream.ca_file", "No such file");
  std::ofstream(file) << "-----BEGIN CERTIFICATE-----\n";
  ASSERT_TRUE(daemon_->wait_for("part works again part=upstream.ca_file"));
  expect_no_problem();
}

TEST_F(OptionalPartTest, ANameServiceThatHasNoAnswerAboutTheGroup) {
  const auto fault = directory_.path() / "no-groups";
  std::ofstream(fault).flush();
  with_preload(NBASYNC_GROUP_FAULT, {{"NBASYNC_GROUP_FAULT", fault.string()}}, [this] { start(); });
  ASSERT_TRUE(daemon_->wait_for("part not available part=group"));
  expect_problem("group", "Input/output error");
  std::filesystem::remove(fault);
  ASSERT_TRUE(daemon_->wait_for("part works again part=group"));
  expect_no_problem();
}

TEST_F(OptionalPartTest, ASocketForReadingThatCannotBeMade) {
  const auto folder = directory_.path() / "missing";
  put_behind("control: {", "read_socket: " + (folder / "read.sock").string() + ", ");
  start();
  expect_problem("control.read_socket", "No such file or directory");
  std::filesystem::create_directory(folder);
  ASSERT_TRUE(daemon_->wait_for("part works again part=control.read_socket"));
  EXPECT_EQ(RawConnection::to_socket((folder / "read.sock").string()).ask("GET", "/healthz").status,
            200);
  expect_no_problem();
}

TEST_F(OptionalPartTest, ASocketForReadingThatIsNoLongerWanted) {
  std::string plain;
  std::getline(std::ifstream(config_), plain, '\0');
  put_behind("control: {", "read_socket: /no/such/folder/read.sock, ");
  start();
  expect_problem("control.read_socket", "No such file or directory");
  std::ofstream(config_) << plain;
  EXPECT_EQ(ask("POST", "/api/v1/reload").status, 200);
  EXPECT_EQ(get("/api/v1/status")["problems"].size(), 0U);
}

}  // namespace
}  // namespace nbasync::testing
