#include "ctl/transport/bus/bus_error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/format.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

// What the bus or its library says when there is nobody to answer.
constexpr std::array<std::string_view, 9> kUnreachable{
    "org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.NameHasNoOwner",
    "org.freedesktop.DBus.Error.NoReply",        "org.freedesktop.DBus.Error.Timeout",
    "org.freedesktop.DBus.Error.TimedOut",       "org.freedesktop.DBus.Error.Disconnected",
    "org.freedesktop.DBus.Error.NoServer",       "org.freedesktop.DBus.Error.FileNotFound",
    "org.freedesktop.DBus.Error.UnknownObject"};
constexpr std::array<std::string_view, 3> kUnreachableFamilies{
    "System.Error.", "org.freedesktop.DBus.Error.Spawn.", "org.freedesktop.systemd1."};

bool unreachable(std::string_view name) {
  return std::ranges::find(kUnreachable, name) != kUnreachable.end() ||
         std::ranges::any_of(kUnreachableFamilies,
                             [&](auto family) { return name.starts_with(family); });
}

}  // namespace

Error translated(const sdbus::Error& error, Bus bus) {
  const auto& message = error.getMessage();
  if (unreachable(error.getName())) {
    return {Errc::kDaemonUnreachable,
            bus == Bus::kSystem ? format("cannot reach the daemon on the system bus: {}; "
                                         "start it with 'systemctl start nbasyncd'",
                                         message)
                                : format("cannot reach the daemon on the session bus: {}; "
                                         "start nbasyncd on this bus, or leave out --session",
                                         message)};
  }
  return {protocol::names_of_dbus(error.getName()).code,
          message.empty() ? "the daemon answered " + error.getName() : message};
}

}  // namespace nbasync::ctl
