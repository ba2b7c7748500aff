#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <vector>

#include "app/optional_part.hpp"
#include "app/passed_sockets.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "bus/bus_service.hpp"
#include "config/config.hpp"
#include "control/refusing_server.hpp"
#include "door/doors.hpp"
#include "event/loop.hpp"
#include "event/signals.hpp"
#include "event/wheel_driver.hpp"
#include "model/trust.hpp"
#include "systemd/service_manager.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// The daemon's life with a mistake in its configuration, under systemd: it stays up, so that
// clients of the socket do not start it again and again, syncs nothing, and tells the mistake at
// every door until a reload finds it mended. Members stand in the order of their lives.
class Misconfigured {
 public:
  // `load` reads the configuration again; it is called on another thread, and throws Error.
  // `passed`: the sockets from systemd.
  Misconfigured(const Error& mistake, std::function<Config()> load, PassedSockets passed);

  // Until a configuration without a mistake has been read: that; nullopt: it has been told to stop.
  std::optional<Config> run();

 private:
  void told(const Error& mistake);
  void reload(Doors::Done done);
  void load();
  void stop();

  RealClock clock_;
  TimerWheel wheel_;
  Loop loop_;
  WheelDriver driver_;
  std::function<Config()> load_;
  Error mistake_;
  std::optional<Config> mended_;
  bool loading_ = false;
  std::vector<Doors::Done> waiting_;  // for the next load
  bool stopping_ = false;
  Trust trust_;  // the group once it is known
  Doors doors_;
  Signals signals_;
  ServiceManager manager_;
  RefusingServer server_;
  BusService bus_;
  OptionalPart<std::optional<gid_t>> group_;
};

}  // namespace nbasync
