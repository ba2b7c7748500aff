#pragma once

#include "base/error.hpp"
#include "ctl/transport/bus/bus_client.hpp"
#include "dbus/sdbus.hpp"

namespace nbasync::ctl {

// The bus library's error as ours: the daemon's own by the table of protocol/errors.hpp, those of
// the bus itself as kDaemonUnreachable with a hint.
Error translated(const sdbus::Error& error, Bus bus);

}  // namespace nbasync::ctl
