#pragma once

#include "dbus/sdbus.hpp"
#include "model/check_answer.hpp"

namespace nbasync {

// How the service manager sees our units. Connects to the system bus, on which it is asked: blocks,
// for good if that hangs; any thread, and one that may be left behind.
CheckAnswer check_units();

// The same, over this connection, whose event loop nobody runs.
CheckAnswer check_units(sdbus::IConnection& bus);

// Whether a daemon has our name on the bus. The same.
CheckAnswer check_name(bool system_bus);

}  // namespace nbasync
