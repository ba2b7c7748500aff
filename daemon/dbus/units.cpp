#include "dbus/units.hpp"

#include <cstdint>
#include <memory>

namespace nbasync::dbus {
namespace {

constexpr const char* kInterface = "org.freedesktop.systemd1.Manager";

// name, description, load, active and sub state, followed by, path, job's id, type and path.
using Unit =
    sdbus::Struct<std::string, std::string, std::string, std::string, std::string, std::string,
                  sdbus::ObjectPath, std::uint32_t, std::string, sdbus::ObjectPath>;

std::unique_ptr<sdbus::IProxy> manager_on(sdbus::IConnection& bus) {
  return sdbus::createProxy(bus, ServiceName("org.freedesktop.systemd1"),
                            ObjectPath("/org/freedesktop/systemd1"));
}

}  // namespace

std::vector<UnitState> unit_states(sdbus::IConnection& bus, const std::vector<std::string>& names) {
  std::vector<Unit> units;
  manager_on(bus)
      ->callMethod("ListUnitsByNames")
      .onInterface(kInterface)
      .withArguments(names)
      .storeResultsTo(units);
  std::vector<UnitState> states;
  states.reserve(units.size());
  for (const auto& unit : units) {
    states.push_back(
        {std::get<0>(unit), std::get<2>(unit), std::get<3>(unit), std::get<7>(unit) != 0});
  }
  return states;
}

void restart_unit(sdbus::IConnection& bus, const std::string& name) {
  sdbus::ObjectPath job;
  manager_on(bus)
      ->callMethod("RestartUnit")
      .onInterface(kInterface)
      .withArguments(name, std::string("fail"))
      .storeResultsTo(job);
}

}  // namespace nbasync::dbus
