#pragma once

#include <functional>
#include <memory>

#include "bus/bus_session.hpp"
#include "door/doors.hpp"
#include "event/fd_pump.hpp"
#include "event/loop.hpp"
#include "model/trust.hpp"
#include "sync/sync_service.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Keeps the daemon on the bus: connects, serves, and connects again every 500 ms when the bus is
// not there or has gone. Connecting blocks, so it happens on a pool thread; a session is then
// handed to the loop thread, which alone uses it. Loop thread.
class BusService {
 public:
  // All references must outlive this. `attempted` is called on the loop thread after each attempt
  // to connect: either the name is ours, or the bus is known to be absent.
  BusService(Loop& loop, TimerWheel& wheel, const Clock& clock, SyncService& service,
             const Doors& doors, BusKind kind, Trust trust, std::function<void()> attempted);
  ~BusService();

  // Gives the name back and takes no more calls. `stopped` is called once no connecting is under
  // way; only then may this be destroyed.
  void stop(std::function<void()> stopped);

 private:
  void connect();
  void attach(Result<std::shared_ptr<BusSession>> session);
  void step();
  void lost(const std::string& why);
  void tell(const std::function<void(BusSession&)>& what);

  Loop& loop_;
  TimerWheel& wheel_;
  const Clock& clock_;
  SyncService& service_;
  const Doors& doors_;
  BusKind kind_;
  Trust trust_;
  std::function<void()> attempted_;
  std::function<void()> stopped_;
  bool connecting_ = false;
  bool stopping_ = false;
  bool told_absent_ = false;  // the log says it once, not twice a second
  Timer retry_;
  std::shared_ptr<BusSession> session_;
  std::unique_ptr<FdPump> pump_;  // ends before the session closes its descriptor
};

}  // namespace nbasync
