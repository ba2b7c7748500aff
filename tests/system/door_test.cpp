#include "system/machine.hpp"

namespace nbasync::testing {
namespace {

// The doors: bus and socket, who starts a daemon through them, and who may what.
class DoorTest : public Machine {
 protected:
  static constexpr const char* kSocket = "nbasyncctl --socket /run/nbasync.sock ";
  static constexpr const char* kBus = "nbasyncctl --system ";
  static constexpr int kNotPermitted = 7;

  std::string runs() const { return query("SELECT count(*) FROM data_sync_log"); }
};

TEST_F(DoorTest, InterfaceCanBeIntrospected) {
  const auto tree = expect("busctl introspect org.nbasync.Sync1 /org/nbasync/Sync1");
  for (const auto* member : {".Sync ", ".Status ", ".SyncFinished ", ".LastSuccess "}) {
    EXPECT_NE(tree.find(member), std::string::npos) << member << tree;
  }
  expect("busctl call org.nbasync.Sync1 /org/nbasync/Sync1 org.nbasync.Sync1.Manager Status");
  expect("test -s /usr/share/dbus-1/interfaces/org.nbasync.Sync1.Manager.xml");
}

TEST_F(DoorTest, CallOverTheBusStartsAStoppedDaemon) {
  expect("systemctl stop nbasyncd.socket nbasyncd.service");
  const auto reply =
      expect("busctl call org.nbasync.Sync1 /org/nbasync/Sync1 org.nbasync.Sync1.Manager Status");
  EXPECT_NE(reply.find("version"), std::string::npos) << reply;
  expect("systemctl is-active nbasyncd.service nbasyncd.socket");
}

TEST_F(DoorTest, DisabledDaemonIsNotStartedOverTheBus) {
  expect("systemctl disable --now nbasyncd.service nbasyncd.socket 2>&1");
  EXPECT_NE(run("busctl call org.nbasync.Sync1 /org/nbasync/Sync1 org.nbasync.Sync1.Manager Status")
                .status,
            0);
  EXPECT_EQ(run("nbasyncctl status").status, 6);
  expect("systemctl enable nbasyncd.service 2>&1");
}

TEST_F(DoorTest, ConnectionToTheSocketStartsAStoppedDaemon) {
  expect("systemctl stop nbasyncd.service 2>&1");
  expect(std::string(kSocket) + "sync teams");
  expect("systemctl is-active nbasyncd.service");
}

TEST_F(DoorTest, RootAndMembersMaySyncOverTheSocket) {
  expect(std::string(kSocket) + "sync teams");
  const auto member = as("member", std::string(kSocket) + "sync teams");
  EXPECT_EQ(member.status, 0) << member.text;
}

TEST_F(DoorTest, StrangersMayNotOpenTheSocket) {
  const auto stranger = as("stranger", std::string(kSocket) + "sync teams");
  EXPECT_EQ(stranger.status, kNotPermitted) << stranger.text;
  EXPECT_EQ(runs(), "0");
}

TEST_F(DoorTest, StrangersMayReadAtTheSocketForReadingAndChangeNothing) {
  constexpr const char* kRead = "nbasyncctl --socket /run/nbasync-read.sock ";
  expect("systemctl enable nbasyncd-read.socket 2>&1 && systemctl restart nbasyncd.service");
  const auto reading = as("stranger", std::string(kRead) + "status");
  const auto changing = as("stranger", std::string(kRead) + "sync teams");
  expect("systemctl disable --now nbasyncd-read.socket 2>&1 && systemctl restart nbasyncd.service");
  EXPECT_EQ(reading.status, 0) << reading.text;
  EXPECT_EQ(changing.status, kNotPermitted) << changing.text;
  EXPECT_EQ(runs(), "0");
}

TEST_F(DoorTest, RootAndMembersMaySyncOverTheBus) {
  expect(std::string(kBus) + "sync teams");
  const auto member = as("member", std::string(kBus) + "sync teams");
  EXPECT_EQ(member.status, 0) << member.text;
}

TEST_F(DoorTest, StrangersMayReadOverTheBusButChangeNothing) {
  const auto reading = as("stranger", "nbasyncctl status");
  EXPECT_EQ(reading.status, 0) << reading.text;
  for (const auto* words : {"sync teams", "pause", "resume", "reload"}) {
    const auto outcome = as("stranger", std::string(kBus) + words);
    EXPECT_EQ(outcome.status, kNotPermitted) << words << ": " << outcome.text;
  }
  EXPECT_EQ(runs(), "0");
}

TEST_F(DoorTest, WhoMayNotSyncIsToldWhatToDoAndThenMay) {
  run("userdel newcomer 2>&1");
  expect("useradd --no-create-home newcomer");
  const auto status = as("newcomer", "nbasyncctl status");
  EXPECT_EQ(status.status, 0) << status.text;
  const auto refused = as("newcomer", "nbasyncctl sync teams");
  EXPECT_EQ(refused.status, kNotPermitted) << refused.text;
  EXPECT_NE(refused.text.find("sudo usermod -aG nbasync $USER"), std::string::npos) << refused.text;
  EXPECT_EQ(runs(), "0");
  expect("usermod -aG nbasync newcomer");
  const auto allowed = as("newcomer", "nbasyncctl sync teams");
  EXPECT_EQ(allowed.status, 0) << allowed.text;
}

TEST_F(DoorTest, WithoutPolkitRootAndMembersMayAndStrangersMayNot) {
  expect("systemctl mask --runtime --now polkit.service 2>&1");
  const auto root = run(std::string(kBus) + "sync teams");
  const auto member = as("member", std::string(kBus) + "sync teams");
  const auto stranger = as("stranger", std::string(kBus) + "sync teams");
  expect("systemctl unmask --runtime polkit.service 2>&1");
  EXPECT_EQ(root.status, 0) << root.text;
  EXPECT_EQ(member.status, 0) << member.text;
  EXPECT_EQ(stranger.status, kNotPermitted) << stranger.text;
}

TEST_F(DoorTest, StrangersMayNotTakeTheName) {
  expect("systemctl stop nbasyncd.service nbasyncd.socket");
  EXPECT_NE(as("stranger",
               "busctl call org.freedesktop.DBus / org.freedesktop.DBus RequestName su "
               "org.nbasync.Sync1 0")
                .status,
            0);
}

TEST_F(DoorTest, TokenIsHandedOverAsACredential) {
  configure("60-http", "control: {http: {listen: '127.0.0.1:8080'}}\n");
  const std::string post =
      "curl -s -o /dev/null -w '%{http_code}' -X POST -d '{\"sync_type\":\"teams\"}' "
      "-H 'Content-Type: application/json' http://127.0.0.1:8080/api/admin/sync ";
  expect("systemctl restart nbasyncd.service");
  EXPECT_EQ(expect(post), "403") << "no token is configured";
  expect("umask 077; echo s3cret >/etc/nbasync/token; systemctl restart nbasyncd.service");
  EXPECT_EQ(expect(post), "401");
  EXPECT_EQ(expect(post + "-H 'Authorization: Bearer wrong'"), "401");
  EXPECT_EQ(expect(post + "-H 'Authorization: Bearer s3cret'"), "200");
}

}  // namespace
}  // namespace nbasync::testing
