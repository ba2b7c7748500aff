#pragma once

#include <string>
#include <vector>

#include "dbus/sdbus.hpp"

// Units of the service manager, asked on the bus that it is on. The connection is one whose event
// loop nobody runs; its timeout of calls bounds each. Blocking; any thread. Throw sdbus::Error.
namespace nbasync::dbus {

struct UnitState {
  std::string name;
  std::string load;    // "loaded", "not-found", "masked", …
  std::string active;  // "active", "inactive", "failed", "activating", …
};

std::vector<UnitState> unit_states(sdbus::IConnection& bus, const std::vector<std::string>& names);

// Has the unit started, unless that would undo what else is under way with it; does not wait until
// it is.
void start_unit(sdbus::IConnection& bus, const std::string& name);

}  // namespace nbasync::dbus
