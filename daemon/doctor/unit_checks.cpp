#include "doctor/unit_checks.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

constexpr const char* kManager = "org.freedesktop.systemd1";
constexpr const char* kBus = "bus";
constexpr auto kPatience = std::chrono::seconds(3);

// name, description, load, active and sub state, followed by, path, job's id, type and path.
using Unit =
    sdbus::Struct<std::string, std::string, std::string, std::string, std::string, std::string,
                  sdbus::ObjectPath, std::uint32_t, std::string, sdbus::ObjectPath>;

CheckAnswer judge(const std::vector<Unit>& units) {
  std::string states;
  for (const auto& unit : units) {
    const auto& name = std::get<0>(unit);
    const auto& load = std::get<2>(unit);
    const auto& active = std::get<3>(unit);
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
  const auto manager = sdbus::createProxy(bus, dbus::ServiceName(kManager),
                                          dbus::ObjectPath("/org/freedesktop/systemd1"));
  std::vector<Unit> units;
  manager->callMethod("ListUnitsByNames")
      .onInterface("org.freedesktop.systemd1.Manager")
      .withArguments(std::vector<std::string>{"nbasyncd.service", "nbasyncd.socket"})
      .storeResultsTo(units);
  return named("units", judge(units));
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
