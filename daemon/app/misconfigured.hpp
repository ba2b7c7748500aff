#pragma once

#include <functional>
#include <optional>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "bus/bus_service.hpp"
#include "config/config.hpp"
#include "control/refusing_server.hpp"
#include "door/doors.hpp"
#include "event/loop.hpp"
#include "event/signals.hpp"
#include "event/wheel_driver.hpp"
#include "http/listen_socket.hpp"
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
  // `socket`: the one from systemd.
  Misconfigured(const Error& mistake, std::function<Config()> load, ListenSocket socket);

  // Until a configuration without a mistake has been read: that; nullopt: it has been told to stop.
  std::optional<Config> run();

 private:
  void told(const Error& mistake);
  void reload(Doors::Done done);
  void stop();

  RealClock clock_;
  TimerWheel wheel_;
  Loop loop_;
  WheelDriver driver_;
  std::function<Config()> load_;
  Error mistake_;
  std::optional<Config> mended_;
  bool stopping_ = false;
  const Trust trust_;
  Doors doors_;
  Signals signals_;
  ServiceManager manager_;
  RefusingServer server_;
  BusService bus_;
};

}  // namespace nbasync
