#pragma once

#include <string>
#include <vector>

#include "dbus/sdbus.hpp"

// Units of the service manager, asked on the bus that it is on. The connection is one whose event
// loop nobody runs; its timeout of calls bounds each. Blocking; any thread. Throw sdbus::Error.
namespace nbasync::dbus {

struct UnitState {
  std::string name;
  std::string load;      // "loaded", "not-found", "masked", …
  std::string active;    // "active", "inactive", "failed", "activating", …
  bool has_job = false;  // something is about to be done with it, as a start
};

std::vector<UnitState> unit_states(sdbus::IConnection& bus, const std::vector<std::string>& names);

// Has the unit restarted, which starts it where it is not at work, unless that would undo what else
// is under way with it; does not wait until it is. The rule of polkit allows this and no start.
void restart_unit(sdbus::IConnection& bus, const std::string& name);

}  // namespace nbasync::dbus
