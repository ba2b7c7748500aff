#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/optional_part.hpp"
#include "app/passed_sockets.hpp"
#include "base/async.hpp"
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

// The daemon's life while it cannot serve: with a mistake in its configuration, under systemd, so
// that clients of the socket do not start it again and again; or while its PostgreSQL cannot be
// had. It stays up, syncs nothing, and tells the reason at every door, until a reload finds the
// mistake mended, or one of its own looks finds the database. Members stand in the order of their
// lives.
class Unready {
 public:
  // `read` reads the configuration again, for a reload; `look` returns if one can be served. Both
  // are called on another thread, may block for seconds, and throw Error. `passed`: the sockets
  // from systemd. `config`: as it was read; nullopt: it has a mistake, and there are sockets from
  // systemd.
  Unready(const Error& why, std::function<Config()> read, std::function<void(const Config&)> look,
          PassedSockets passed, std::optional<Config> config);

  // Until there is a configuration that can be served: that; nullopt: it has been told to stop.
  std::optional<Config> run();

 private:
  void listen(PassedSockets passed);
  void open_bus();
  void told(const Error& why);
  void reload(Doors::Done done);
  void load(bool reads);
  void loaded(const Result<std::monostate>& result, const std::vector<Doors::Done>& callers);
  void end();
  void stop();

  RealClock clock_;
  TimerWheel wheel_;
  Loop loop_;
  WheelDriver driver_;
  std::function<Config()> read_;
  std::function<void(const Config&)> look_;
  std::optional<Config> config_;  // as it was read last
  Error why_;
  bool mended_ = false;
  bool loading_ = false;
  std::vector<Doors::Done> waiting_;  // for the next load
  bool stopping_ = false;
  Trust trust_;  // the group once it is known
  Doors doors_;
  Signals signals_;
  ServiceManager manager_;
  RefusingServer server_;
  std::unique_ptr<BusService> bus_;
  OptionalPart<std::optional<gid_t>> group_;
  Timer again_;
};

}  // namespace nbasync
