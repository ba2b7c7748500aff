#include "doctor/unit_checks.hpp"

#include <gmock/gmock.h>

#include <map>

#include "protocol/names.hpp"
#include "support/private_bus.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;

using Unit =
    sdbus::Struct<std::string, std::string, std::string, std::string, std::string, std::string,
                  sdbus::ObjectPath, std::uint32_t, std::string, sdbus::ObjectPath>;

// A service manager that knows what the test says, on a bus of the test's own.
class UnitChecksTest : public ::testing::Test {
 protected:
  UnitChecksTest() {
    manager_->requestName(dbus::ServiceName("org.freedesktop.systemd1"));
    dbus::Interface interface(*object_, "org.freedesktop.systemd1.Manager");
    interface.add_method("ListUnitsByNames", [this](const std::vector<std::string>& names) {
      std::vector<Unit> units;
      for (const auto& name : names) {
        const auto& [load, active] = states_[name];
        units.emplace_back(name, "", load, active, "", "", sdbus::ObjectPath("/"), 0, "",
                           sdbus::ObjectPath("/"));
      }
      return units;
    });
    interface.publish();
    manager_->enterEventLoopAsync();
  }
  ~UnitChecksTest() override { manager_->leaveEventLoop(); }

  CheckAnswer check() { return check_units(*sdbus::createSessionBusConnection()); }

  testing::PrivateBus bus_;
  std::map<std::string, std::pair<std::string, std::string>> states_ = {
      {"nbasyncd.service", {"loaded", "active"}}, {"nbasyncd.socket", {"loaded", "inactive"}}};
  std::unique_ptr<sdbus::IConnection> manager_ = sdbus::createSessionBusConnection();
  std::unique_ptr<sdbus::IObject> object_ =
      sdbus::createObject(*manager_, sdbus::ObjectPath("/org/freedesktop/systemd1"));
};

TEST_F(UnitChecksTest, StatesAreTold) {
  const auto answer = check();
  EXPECT_EQ(answer.status, CheckStatus::kOk);
  EXPECT_EQ(answer.check, "units");
  EXPECT_EQ(answer.text, "nbasyncd.service is active, nbasyncd.socket is inactive");
}

TEST_F(UnitChecksTest, UnitThatHasFailed) {
  states_["nbasyncd.socket"] = {"loaded", "failed"};
  const auto answer = check();
  EXPECT_EQ(answer.status, CheckStatus::kFinding);
  EXPECT_EQ(answer.text, "nbasyncd.socket has failed");
  EXPECT_THAT(answer.hint, HasSubstr("journalctl -u nbasyncd.socket"));
}

TEST_F(UnitChecksTest, UnitThatIsMaskedOrUnknown) {
  states_["nbasyncd.service"] = {"masked", "inactive"};
  EXPECT_EQ(check().text, "nbasyncd.service is masked");
  states_["nbasyncd.service"] = {"not-found", "inactive"};
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
