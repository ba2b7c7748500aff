#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <vector>

#include "ctl_fake_bus.hpp"
#include "ctl_fake_socket.hpp"
#include "protocol/names.hpp"
#include "support/process.hpp"

namespace nbasync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// The real nbasyncctl, which chooses between a daemon at a socket and one on the bus.
class CtlProgramTest : public ::testing::Test {
 protected:
  CtlProgramTest() {
    unsetenv("NBASYNC_SOCKET");
    setenv("DBUS_SYSTEM_BUS_ADDRESS", on_bus.bus.address().c_str(), 1);
    at_socket.status = {{"version", "of the socket"}};
    on_bus.status = {{"version", "of the bus"}};
    at_socket.come();
    on_bus.come();
  }

  int run(std::vector<std::string> words) {
    words.insert(words.begin(), NBASYNCCTL);
    at_socket.publish();
    Process process(words);
    const auto status = process.wait();
    out = process.out();
    err = process.err();
    return status.value_or(-1000);
  }

  std::string socket() const { return at_socket.path(); }

  CtlFakeSocket at_socket;
  CtlFakeBus on_bus;
  std::string out;
  std::string err;
};

TEST_F(CtlProgramTest, SocketThatIsNamedIsUsed) {
  EXPECT_EQ(run({"status", "--socket", socket()}), 0) << err;
  EXPECT_THAT(out, HasSubstr("of the socket"));
  setenv("NBASYNC_SOCKET", socket().c_str(), 1);
  EXPECT_EQ(run({"status"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("of the socket"));
}

TEST_F(CtlProgramTest, BusThatIsAskedForIsUsed) {
  setenv("NBASYNC_SOCKET", socket().c_str(), 1);
  EXPECT_EQ(run({"status", "--system"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("of the bus"));
  EXPECT_EQ(run({"--session", "status"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("of the bus"));
}

TEST_F(CtlProgramTest, BusTakesThePlaceOfAnInstalledDaemonsAbsentSocket) {
  if (std::filesystem::exists(protocol::kSocketPath)) GTEST_SKIP() << "a daemon is installed here";
  EXPECT_EQ(run({"status"}), 0) << err;
  EXPECT_THAT(out, HasSubstr("of the bus"));
  EXPECT_THAT(err, IsEmpty());
}

TEST_F(CtlProgramTest, NeitherSocketNorBusIsUnreachable) {
  if (std::filesystem::exists(protocol::kSocketPath)) GTEST_SKIP() << "a daemon is installed here";
  on_bus.go();
  EXPECT_EQ(run({"status"}), 6);
  EXPECT_THAT(err, AllOf(HasSubstr("/run/nbasync.sock"), HasSubstr("systemctl start nbasyncd")));
}

TEST_F(CtlProgramTest, AbsentSocketThatWasNamedIsNotReplacedByTheBus) {
  EXPECT_EQ(run({"status", "--socket", "/nonexistent/x.sock"}), 6);
  EXPECT_THAT(err, HasSubstr("/nonexistent/x.sock: No such file or directory"));
  EXPECT_THAT(out, IsEmpty());
}

TEST_F(CtlProgramTest, RefusalHasItsExitCodeAndSentence) {
  at_socket.refusal = Error(Errc::kAccessDenied, "root or group nbasync only");
  EXPECT_EQ(run({"pause", "--socket", socket()}), 7);
  EXPECT_EQ(err, "nbasyncctl: root or group nbasync only\n");
  EXPECT_THAT(on_bus.calls, IsEmpty());
}

TEST_F(CtlProgramTest, SyncOverTheSocketWaitsForItsEnd) {
  at_socket.run = {{"run_id", "r1"},
                   {"sync_type", "teams"},
                   {"status", "failed"},
                   {"error_code", "upstream-blocked"},
                   {"error_message", "no answer"}};
  EXPECT_EQ(run({"sync", "teams", "--socket", socket()}), 1);
  EXPECT_EQ(err, "nbasyncctl: teams failed: no answer\n");
}

TEST_F(CtlProgramTest, NothingOfTheBusIsLoadedForTheSocket) {
  Process ldd({"ldd", NBASYNCCTL});
  ldd.wait();
  EXPECT_THAT(ldd.out() + ldd.err(),
              AllOf(Not(IsEmpty()), Not(HasSubstr("sdbus")), Not(HasSubstr("systemd"))));
}

}  // namespace
}  // namespace nbasync::testing
