#include "doctor/unit_checks.hpp"

#include <gmock/gmock.h>

#include "protocol/names.hpp"
#include "support/private_bus.hpp"
#include "support/stand_in_systemd.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;

class UnitChecksTest : public ::testing::Test {
 protected:
  UnitChecksTest() {
    systemd_.set("nbasyncd.service", "loaded", "active");
    systemd_.set("nbasyncd.socket", "loaded", "inactive");
  }

  CheckAnswer check() { return check_units(*sdbus::createSessionBusConnection()); }

  testing::PrivateBus bus_;
  testing::StandInSystemd systemd_{sdbus::createSessionBusConnection()};
};

TEST_F(UnitChecksTest, StatesAreTold) {
  const auto answer = check();
  EXPECT_EQ(answer.status, CheckStatus::kOk);
  EXPECT_EQ(answer.check, "units");
  EXPECT_EQ(answer.text, "nbasyncd.service is active, nbasyncd.socket is inactive");
}

TEST_F(UnitChecksTest, UnitThatHasFailed) {
  systemd_.set("nbasyncd.socket", "loaded", "failed");
  const auto answer = check();
  EXPECT_EQ(answer.status, CheckStatus::kFinding);
  EXPECT_EQ(answer.text, "nbasyncd.socket has failed");
  EXPECT_THAT(answer.hint, HasSubstr("journalctl -u nbasyncd.socket"));
}

TEST_F(UnitChecksTest, UnitThatIsMaskedOrUnknown) {
  systemd_.set("nbasyncd.service", "masked", "inactive");
  EXPECT_EQ(check().text, "nbasyncd.service is masked");
  systemd_.set("nbasyncd.service", "not-found", "inactive");
  EXPECT_EQ(check().status, CheckStatus::kUnchecked) << "it is started another way";
}

TEST(NameCheckTest, NameIsOwnedOrNot) {
  testing::PrivateBus bus;
  EXPECT_EQ(check_name(false).status, CheckStatus::kUnchecked);
  const auto owner = sdbus::createSessionBusConnection();
  owner->requestName(dbus::ServiceName(protocol::kBusName));
  EXPECT_EQ(check_name(false).status, CheckStatus::kOk);
  bus.kill();
  EXPECT_EQ(check_name(false).status, CheckStatus::kFinding);
}

}  // namespace
}  // namespace nbasync
