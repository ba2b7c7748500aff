#pragma once

#include <memory>

#include "dbus/sdbus.hpp"

namespace nbasync {

// org.freedesktop.LogControl1, by which `systemctl service-log-level` reads and sets the level of
// the log. Reading is for everybody. Setting is, as with systemd's own daemons, for root and the
// daemon's own user: sd-bus itself asks the bus who the caller is before it calls us, because
// sdbus-c++ cannot answer the setting of a property later. That is the loop thread's only
// synchronous call on the bus (BusSession limits its time), and the bus policy that is installed
// lets only root's come so far. Loop thread, but for its making.
class LogControl {
 public:
  explicit LogControl(sdbus::IConnection& connection);

 private:
  std::unique_ptr<sdbus::IObject> object_;
};

}  // namespace nbasync
