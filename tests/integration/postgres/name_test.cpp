#include <gmock/gmock.h>

#include <csignal>
#include <memory>
#include <string>

#include "cluster_fixture.hpp"
#include "support/file_text.hpp"

namespace nbasync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Daemons that have one name (cluster.instance).
class NameTest : public ClusterTest {
 protected:
  // One with the name, but a socket of its own.
  Member& start_twin(const std::string& name, const std::string& socket) {
    const auto more = "control: {socket: " + (directory_.path() / socket).string() + "}\n";
    auto& member = *members_.emplace_back(
        std::make_unique<Member>(Member{name, directory_.path() / socket, nullptr}));
    const auto file = directory_.path() / (socket + ".yaml");
    std::string text = file_text(directory_.path() / (name + ".yaml"));
    const auto at = text.find("control:");
    text.replace(at, text.find('\n', at) + 1 - at, more);
    std::ofstream(file) << text;
    member.process =
        std::make_unique<Process>(std::vector<std::string>{NBASYNCD, "--config", file.string()});
    return member;
  }
  static auto names(const Member& member) {
    return AllOf(HasSubstr("cluster.instance: one: another daemon has this name, pid " +
                           std::to_string(member.process->pid()) + " on "),
                 HasSubstr("stop that one: then this one goes on by itself"));
  }
};

TEST_F(NameTest, TheSecondSaysSoAtEachDoorAndGoesOnWhenTheFirstHasGone) {
  auto& one = start_holder();
  for (const int signal : {SIGTERM, SIGKILL}) {
    SCOPED_TRACE(signal);
    auto& first = *members_.back();
    const auto epoch = query("SELECT epoch FROM nbasync_lease");
    auto& twin = start_twin("one", "twin" + std::to_string(signal) + ".sock");
    ASSERT_TRUE(twin.process->wait_for("nothing is synced until this is mended"));
    EXPECT_THAT(twin.process->err(), names(first));
    EXPECT_EQ(tell(twin, {"status"}), exit_of(Errc::kSyncInProgress));
    EXPECT_THAT(err_, names(first));
    EXPECT_EQ(tell(twin, {"sync", "teams"}), exit_of(Errc::kSyncInProgress));
    EXPECT_EQ(status(first)["instance"], "one") << "which goes on";
    EXPECT_EQ(query("SELECT epoch FROM nbasync_lease"), epoch) << "the lock was not taken from it";
    first.process->signal(signal);
    first.process->wait();
    ASSERT_TRUE(twin.process->wait_for("daemon started")) << twin.process->err();
    EXPECT_EQ(status(twin)["instance"], "one");
    if (signal == SIGTERM) {
      ASSERT_TRUE(twin.process->wait_for("the lock is taken")) << twin.process->err();
    }
  }
  EXPECT_THAT(one.process->err(), Not(HasSubstr("another daemon")));
}

// The daemon is known to have ended; nobody waits until it has been silent for long.
TEST_F(NameTest, OneThatIsStartedAgainAfterAKillHasItsNameAtOnce) {
  auto& one = start_holder();
  one.process->signal(SIGKILL);
  one.process->wait();
  start_again(one);
  EXPECT_THAT(one.process->err(), Not(HasSubstr("another daemon has this name")));
}

// As one of another host, whose end nobody can see.
TEST_F(NameTest, OneElsewhereHasItUntilItIsSilent) {
  auto& one = start_holder();
  one.process->signal(SIGTERM);
  one.process->wait();
  execute(
      "INSERT INTO nbasync_instances (name, version, schema, config_hash, role, seen_at, host, "
      "pid, process) VALUES ('one', '', 2, '', 'follower', now(), 'far.example', 7, '7/1/x/y')");
  auto& twin = start_twin("one", "twin.sock");
  ASSERT_TRUE(twin.process->wait_for("another daemon has this name, pid 7 on far.example"));
  execute("UPDATE nbasync_instances SET seen_at = now() - interval '16 seconds'");
  EXPECT_TRUE(twin.process->wait_for("daemon started")) << twin.process->err();
}

// It was halted for so long that another has its name by now.
TEST_F(NameTest, OneWhoseNameWasTakenStandsBy) {
  auto& one = start_holder();
  execute(
      "UPDATE nbasync_instances SET process = '7/1/x/y', pid = 7, host = 'far.example', seen_at = "
      "now() + interval '1 hour'");
  ASSERT_TRUE(one.process->wait_for("nothing is synced until this is mended"))
      << one.process->err();
  EXPECT_EQ(tell(one, {"status"}), exit_of(Errc::kSyncInProgress));
  EXPECT_THAT(err_, HasSubstr("another daemon has this name, pid 7 on far.example"));
  EXPECT_EQ(query("SELECT token FROM nbasync_lease"), "") << "the lock is given back";
  execute("DELETE FROM nbasync_instances");
  for (int tries = 0; tries < 1'000 && tell(one, {"status"}) != 0; ++tries) {
  }
  status_when(one, [](const json& now) { return now.value("holder", "") == "one"; });
}

}  // namespace
}  // namespace nbasync::testing
