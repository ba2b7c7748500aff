#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>

#include "integration/daemon/bus_caller.hpp"
#include "integration/daemon/daemon_fixture.hpp"
#include "integration/daemon/stand_in_polkit.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using Answer = StandInPolkit::Answer;

constexpr const char* kDenied = "org.freedesktop.DBus.Error.AccessDenied";
constexpr uid_t kDaemonUser = 1;  // a bus takes only users that the system knows

// The daemon on a system bus, with callers who are not root.
class AuthorizationTest : public DaemonFixture {
 protected:
  AuthorizationTest() : DaemonFixture(PrivateBus::Kind::kSystem) {}

  void SetUp() override {
    if (!OtherUser::possible()) GTEST_SKIP() << "only root can be somebody else";
    start_daemon();
  }

  // Nobody's sync ran, waits or is in the log.
  void expect_nothing_happened() {
    EXPECT_EQ(upstream_.count(), 0U);
    EXPECT_EQ(query("SELECT count(*) FROM data_sync_log"), "0");
    EXPECT_EQ(daemon_->err().find("sync started"), std::string::npos) << daemon_->err();
  }
};

TEST_F(AuthorizationTest, PolkitIsAskedAboutEachChangeWithItsAction) {
  const StandInPolkit polkit(Answer::kYes);
  BusCaller caller(OtherUser::kNobody);
  EXPECT_EQ(caller.sync("teams", {{"interactive", sdbus::Variant(true)}}), "") << caller.message();
  EXPECT_EQ(caller.sync("schedule"), "") << caller.message();
  EXPECT_EQ(caller.call("Cancel", std::string("no-such-run")),
            "org.nbasync.Sync1.Error.UnknownRun");
  EXPECT_EQ(caller.call("Pause"), "");
  EXPECT_EQ(caller.call("Resume"), "");
  EXPECT_EQ(caller.call("Reload"), "") << caller.message();

  std::string asked;
  for (const auto& call : polkit.calls()) {
    EXPECT_EQ(call.caller, caller.name());
    asked += call.action.substr(call.action.rfind('.') + 1) + std::to_string(call.flags) + " ";
  }
  EXPECT_EQ(asked, "sync1 sync0 cancel0 manage0 manage0 manage0 ");
}

TEST_F(AuthorizationTest, RefusedCallerGetsAccessDeniedAndNothingIsQueued) {
  const StandInPolkit polkit(Answer::kNo);
  BusCaller caller(OtherUser::kNobody);
  EXPECT_EQ(caller.sync("teams"), kDenied);
  EXPECT_THAT(caller.message(), HasSubstr("org.nbasync.Sync1.sync"));
  EXPECT_EQ(caller.call("Cancel", std::string("no-such-run")), kDenied);
  EXPECT_EQ(caller.call("Pause"), kDenied);
  EXPECT_EQ(caller.call("Resume"), kDenied);
  EXPECT_EQ(caller.call("Reload"), kDenied);
  EXPECT_EQ(caller.call("Status"), "") << "reading is for everybody";
  EXPECT_EQ(polkit.calls().size(), 5U);
  EXPECT_TRUE(daemon_->wait_for("bus caller refused", 5)) << daemon_->err();
  expect_nothing_happened();
}

TEST_F(AuthorizationTest, WantedPasswordIsARefusalThatSaysHow) {
  const StandInPolkit polkit(Answer::kChallenge);
  BusCaller caller(OtherUser::kNobody);
  EXPECT_EQ(caller.sync("teams"), kDenied);
  EXPECT_THAT(caller.message(), HasSubstr("interactive"));
  expect_nothing_happened();
}

TEST_F(AuthorizationTest, RootMayWhateverPolkitSays) {
  const StandInPolkit polkit(Answer::kNo);
  BusCaller root;
  EXPECT_EQ(root.sync("teams"), "") << root.message();
  EXPECT_EQ(root.call("Pause"), "");
  EXPECT_EQ(polkit.calls().size(), 0U);
}

TEST_F(AuthorizationTest, WithoutPolkitAStrangerMayNot) {
  BusCaller caller(OtherUser::kNobody);
  EXPECT_EQ(caller.sync("teams"), kDenied);
  EXPECT_THAT(caller.message(), HasSubstr("without polkit"));
  EXPECT_EQ(client({"status"}), 0) << err_;
  expect_nothing_happened();
}

TEST_F(AuthorizationTest, SlowPolkitHoldsUpNobodyElse) {
  StandInPolkit polkit(Answer::kHold);
  BusCaller caller(OtherUser::kNobody);
  caller.send("Sync", std::string("teams"), Variants{});
  ASSERT_TRUE(polkit.wait_for_calls(1));
  BusCaller root;
  EXPECT_EQ(root.call("Status"), "");
  EXPECT_EQ(root.sync("schedule"), "");
  polkit.release(Answer::kYes);
  EXPECT_EQ(caller.answer(), "") << caller.message();
  EXPECT_TRUE(daemon_->wait_for("type=teams status=success")) << daemon_->err();
}

TEST_F(AuthorizationTest, PolkitThatDiesMeanwhileRefuses) {
  auto polkit = std::make_unique<StandInPolkit>(Answer::kHold);
  BusCaller caller(OtherUser::kNobody);
  caller.send("Sync", std::string("teams"), Variants{});
  ASSERT_TRUE(polkit->wait_for_calls(1));
  polkit.reset();
  EXPECT_EQ(caller.answer(), kDenied);
  EXPECT_THAT(caller.message(), HasSubstr("polkit gives no answer"));
  expect_nothing_happened();

  const StandInPolkit next(Answer::kYes);
  EXPECT_EQ(caller.sync("teams"), "") << caller.message();
}

TEST_F(AuthorizationTest, PolkitOutOfOrderRefuses) {
  const StandInPolkit polkit(Answer::kFail);
  BusCaller caller(OtherUser::kNobody);
  EXPECT_EQ(caller.sync("teams"), kDenied);
  EXPECT_THAT(caller.message(), HasSubstr("out of order"));
  expect_nothing_happened();
}

TEST_F(AuthorizationTest, CallerThatHasLeftMeanwhileStartsNothing) {
  StandInPolkit polkit(Answer::kHold);
  {
    BusCaller caller(OtherUser::kNobody);
    caller.send("Sync", std::string("teams"), Variants{});
    ASSERT_TRUE(polkit.wait_for_calls(1));
  }
  polkit.release(Answer::kYes);
  EXPECT_TRUE(daemon_->wait_for("the caller has left the bus")) << daemon_->err();
  expect_nothing_happened();
}

TEST_F(AuthorizationTest, DaemonThatStopsMeanwhileSaysSo) {
  const StandInPolkit polkit(Answer::kHold);
  BusCaller caller(OtherUser::kNobody);
  caller.send("Sync", std::string("teams"), Variants{});
  ASSERT_TRUE(polkit.wait_for_calls(1));
  daemon_->signal(SIGTERM);
  EXPECT_EQ(caller.answer(), "org.nbasync.Sync1.Error.ShuttingDown");
  EXPECT_EQ(daemon_->wait(), 0) << daemon_->err();
  expect_nothing_happened();
}

TEST_F(AuthorizationTest, BusThatIsLostMeanwhileStartsNothing) {
  auto polkit = std::make_unique<StandInPolkit>(Answer::kHold);
  auto caller = std::make_unique<BusCaller>(OtherUser::kNobody);
  caller->send("Sync", std::string("teams"), Variants{});
  ASSERT_TRUE(polkit->wait_for_calls(1));
  // The library's own loop, where the stand-in lives, ends the process when its bus dies.
  caller.reset();
  polkit.reset();
  bus_.kill();
  ASSERT_TRUE(daemon_->wait_for("bus lost")) << daemon_->err();
  bus_.start();
  ASSERT_TRUE(daemon_->wait_for("bus connected", 2)) << daemon_->err();
  expect_nothing_happened();
  BusCaller root;
  EXPECT_EQ(root.sync("teams"), "") << root.message();
}

TEST_F(AuthorizationTest, OneUserCannotHavePolkitAskedWithoutEnd) {
  StandInPolkit polkit(Answer::kHold);
  BusCaller busy(OtherUser::kNobody);
  for (int i = 0; i < 32; ++i) busy.send("Pause");
  ASSERT_TRUE(polkit.wait_for_calls(32));
  BusCaller other_door(OtherUser::kNobody);
  EXPECT_EQ(other_door.call("Pause"), kDenied);
  EXPECT_THAT(other_door.message(), HasSubstr("32 other calls of uid 65534"));
  BusCaller somebody_else(kDaemonUser);
  somebody_else.send("Pause");
  EXPECT_TRUE(polkit.wait_for_calls(33)) << "others are asked about";
  polkit.release(Answer::kNo);
  EXPECT_EQ(somebody_else.answer(), kDenied);
}

TEST_F(AuthorizationTest, ClientOfAStrangerIsToldThatItMayNot) {
  // Where a stranger can run it: the build folder may be in root's home.
  const std::filesystem::path folder = directory_.path() / "public";
  std::filesystem::create_directory(folder);
  std::filesystem::permissions(directory_.path(), std::filesystem::perms{0755});
  for (const std::string program : {NBASYNCCTL, NBASYNCCTL "-bus"}) {
    std::filesystem::copy(program, folder / std::filesystem::path(program).filename());
  }
  Process stranger({"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                    (folder / "nbasyncctl").string(), "--system", "sync", "teams"});
  EXPECT_EQ(stranger.wait(), 7) << stranger.err();
  expect_nothing_happened();
}

}  // namespace
}  // namespace nbasync::testing
