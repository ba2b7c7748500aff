#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/result.hpp"
#include "bus/bus_face.hpp"
#include "bus/bus_session.hpp"
#include "event/fd_pump.hpp"
#include "event/loop.hpp"
#include "model/trust.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Keeps the daemon on the bus: connects, serves, and connects again every 500 ms when the bus is
// not there or has gone, or another has our name. Connecting blocks, for good when the bus hangs:
// it happens on a thread that is left behind at the end; a session is then handed to the loop
// thread, which alone uses it. Loop thread.
class BusService {
 public:
  // How it stands: nullopt: we are on the bus, and the name is ours; else why not.
  using Told = std::function<void(const std::optional<Error>&)>;

  // All references must outlive this. `told` is called after each attempt to connect, when one
  // takes longer than 1 s, and when the bus is lost. `make` makes what stands at our path, anew for
  // each connection.
  BusService(Loop& loop, TimerWheel& wheel, const Clock& clock, BusKind kind, const Trust& trust,
             MakeFace make, Told told);
  ~BusService();

  // To all who listen, if we are on the bus. `property` must outlive this.
  void emit(const SyncEvent& event);
  void changed(const char* property);
  void backfill_progress(std::uint32_t done, std::uint32_t of, const std::string& season);

  // Gives the name back: who calls it from now on reaches whoever takes it next.
  void give_name_back();

  // The same, and takes no more calls. `stopped` is called once the bus has taken what
  // was sent, or 250 ms later, in whatever state the bus is; only then may this be destroyed.
  void stop(std::function<void()> stopped);

 private:
  void connect();
  void attach(Result<std::shared_ptr<BusSession>> session);
  void step();
  void absent(const Error& why);
  void lost(const std::string& why);
  template <typename What>
  void tell(What what);
  void end_if_sent();
  void end();

  Loop& loop_;
  TimerWheel& wheel_;
  const Clock& clock_;
  BusKind kind_;
  const Trust& trust_;
  MakeFace make_;
  Told told_;
  std::function<void()> stopped_;
  bool stopping_ = false;
  std::string logged_;  // why there is none: the log says it once, not twice a second
  Timer retry_;
  Timer hangs_;  // since the attempt began
  Timer give_up_;
  std::shared_ptr<BusSession> session_;
  std::unique_ptr<FdPump> pump_;  // ends before the session closes its descriptor
};

}  // namespace nbasync
