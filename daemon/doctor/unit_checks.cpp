#include "doctor/unit_checks.hpp"

#include <chrono>
#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include "base/format.hpp"
#include "dbus/units.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

constexpr const char* kBus = "bus";
constexpr auto kPatience = std::chrono::seconds(3);

CheckAnswer judge(const std::vector<dbus::UnitState>& units) {
  std::string states;
  for (const auto& unit : units) {
    const auto& [name, load, active] = std::tie(unit.name, unit.load, unit.active);
    if (load == "not-found") {
      return unchecked(format("systemd does not know {}: the daemon is started another way", name));
    }
    if (load != "loaded") {
      return finding(format("{} is {}", name, load), format("systemctl status {}", name));
    }
    if (active == "failed") {
      return finding(format("{} has failed", name),
                     format("journalctl -u {0}; then systemctl restart {0}", name));
    }
    states += format("{}{} is {}", states.empty() ? "" : ", ", name, active);
  }
  return well(states);
}

}  // namespace

CheckAnswer check_units(sdbus::IConnection& bus) {
  bus.setMethodCallTimeout(kPatience);
  return named("units", judge(dbus::unit_states(bus, {"nbasyncd.service", "nbasyncd.socket"})));
}

CheckAnswer check_units() {
  if (!std::filesystem::exists("/run/systemd/system")) {
    return named("units", unchecked("systemd does not run here"));
  }
  try {
    const auto bus = sdbus::createSystemBusConnection();
    return check_units(*bus);
  } catch (const sdbus::Error& error) {
    return named("units", unchecked(format("systemd cannot be asked: {}", error.getMessage())));
  }
}

CheckAnswer check_name(bool system_bus) {
  try {
    const auto bus =
        system_bus ? sdbus::createSystemBusConnection() : sdbus::createSessionBusConnection();
    bus->setMethodCallTimeout(kPatience);
    const auto proxy = sdbus::createProxy(*bus, dbus::ServiceName("org.freedesktop.DBus"),
                                          dbus::ObjectPath("/org/freedesktop/DBus"));
    bool owned = false;
    proxy->callMethod("NameHasOwner")
        .onInterface("org.freedesktop.DBus")
        .withArguments(std::string(protocol::kBusName))
        .storeResultsTo(owned);
    return named(kBus, owned ? well(format("somebody has the name {}", protocol::kBusName))
                             : unchecked(format("nobody has the name {}: no daemon is on the bus",
                                                protocol::kBusName)));
  } catch (const sdbus::Error& error) {
    return named(kBus, finding(format("the bus cannot be reached: {}", error.getMessage()),
                               "start dbus, or set dbus.bus: none"));
  }
}

}  // namespace nbasync
