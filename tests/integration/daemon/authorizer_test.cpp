#include "bus/authorizer.hpp"

#include <gmock/gmock.h>

#include "integration/daemon/bus_caller.hpp"
#include "integration/daemon/stand_in_polkit.hpp"
#include "support/private_bus.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using Answer = StandInPolkit::Answer;

constexpr gid_t kMembers = 4711;

// The authorizer alone, with a group and limits of the test's.
class AuthorizerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!OtherUser::possible()) GTEST_SKIP() << "only root can be somebody else";
  }

  // Why this caller may not, empty if it may.
  std::string check(const BusCaller& caller, bool interactive = false) {
    std::optional<std::string> why;
    authorizer().check(caller.name(), Action::kManage, interactive,
                       [&](const std::optional<Error>& refusal) {
                         EXPECT_TRUE(!refusal || refusal->code() == Errc::kAccessDenied);
                         why = refusal ? refusal->what() : "";
                       });
    EXPECT_FALSE(why) << "answered inside the call";
    here_.serve_until([&] { return why.has_value(); });
    return why.value_or("no answer");
  }
  Authorizer& authorizer() {
    if (!authorizer_) authorizer_.emplace(here_.connection(), trust_, ask_polkit_, limits_);
    return *authorizer_;
  }

  PrivateBus bus_{PrivateBus::Kind::kSystem};
  Trust trust_{kMembers, 0};
  bool ask_polkit_ = true;
  Authorizer::Limits limits_;
  BusCaller here_;
  std::optional<Authorizer> authorizer_;
};

TEST_F(AuthorizerTest, MembersOfTheGroupMayWithoutPolkit) {
  EXPECT_EQ(check(BusCaller(OtherUser::kNobody, {kMembers})), "");
  EXPECT_THAT(check(BusCaller(OtherUser::kNobody, {kMembers + 1})), HasSubstr("uid 65534 may not"));
  EXPECT_EQ(check(BusCaller()), "") << "root";
}

TEST_F(AuthorizerTest, PolkitHasTheLastWordOnMembers) {
  const StandInPolkit polkit(Answer::kNo);
  EXPECT_THAT(check(BusCaller(OtherUser::kNobody, {kMembers})), HasSubstr("polkit does not allow"));
}

TEST_F(AuthorizerTest, PolkitIsNotAskedWhereAnybodyMayCallHimselfSo) {
  const StandInPolkit polkit(Answer::kYes);
  ask_polkit_ = false;
  EXPECT_THAT(check(BusCaller(OtherUser::kNobody)), HasSubstr("without polkit"));
  EXPECT_EQ(check(BusCaller(OtherUser::kNobody, {kMembers})), "");
}

TEST_F(AuthorizerTest, DaemonsOwnUserMay) {
  const StandInPolkit polkit(Answer::kNo);
  trust_.own_uid = OtherUser::kNobody;
  EXPECT_EQ(check(BusCaller(OtherUser::kNobody)), "");
}

TEST_F(AuthorizerTest, BrokenPolkitIsNotAnAbsentOne) {
  const StandInPolkit polkit(Answer::kFail);
  EXPECT_THAT(check(BusCaller(OtherUser::kNobody, {kMembers})), HasSubstr("out of order"));
}

TEST_F(AuthorizerTest, PolkitThatIsLateIsToldToStop) {
  const StandInPolkit polkit(Answer::kHold);
  limits_.polkit = Duration(50);
  EXPECT_THAT(check(BusCaller(OtherUser::kNobody)), HasSubstr("polkit gives no answer"));
  EXPECT_TRUE(polkit.wait_for_cancellation(polkit.calls().at(0).cancellation));
}

TEST_F(AuthorizerTest, PersonHasMoreTimeThanPolkitAlone) {
  StandInPolkit polkit(Answer::kHold);
  limits_.polkit = Duration(1);
  limits_.password = Duration(60);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(check(BusCaller(OtherUser::kNobody), true), HasSubstr("polkit gives no answer"));
  EXPECT_GE(std::chrono::steady_clock::now() - begin, limits_.password);
  EXPECT_EQ(polkit.calls().at(0).flags, 1U);
}

TEST_F(AuthorizerTest, CallerThatIsNotOnTheBusMayNot) {
  std::string name;
  {
    const BusCaller gone;
    name = gone.name();
  }
  std::optional<Error> refusal;
  authorizer().check(name, Action::kSync, false, [&](const auto& error) { refusal = error; });
  here_.serve_until([&] { return refusal.has_value(); });
  ASSERT_TRUE(refusal);
  EXPECT_THAT(refusal->what(), HasSubstr("the bus does not tell who"));
}

TEST_F(AuthorizerTest, CloseAnswersWhatIsUnderWayOnceAndRefusesTheRest) {
  const BusCaller caller;
  int answers = 0;
  for (int i = 0; i < 3; ++i) {
    authorizer().check(caller.name(), Action::kSync, false, [&](const auto& error) {
      EXPECT_EQ(error->code(), Errc::kShuttingDown);
      ++answers;
    });
  }
  authorizer().close(Error(Errc::kShuttingDown, "stopping"));
  EXPECT_EQ(answers, 3);
  here_.sync("teams");  // by its answer, the bus has answered the three as well
  EXPECT_EQ(answers, 3);
  EXPECT_THROW(check(caller), Error);
}

}  // namespace
}  // namespace nbasync::testing
