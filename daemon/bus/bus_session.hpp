#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "dbus/sdbus.hpp"
#include "door/doors.hpp"
#include "model/trust.hpp"
#include "sync/sync_service.hpp"

namespace nbasync {

class Authorizer;
class BusObject;
class LogControl;

enum class BusKind { kSystem, kSession };

// One life of the connection to the bus: the connection, and our objects on it. Replies that are
// still owed share it, because a reply needs its connection even to be thrown away.
class BusSession : public std::enable_shared_from_this<BusSession> {
 public:
  // Connects, puts the objects there and takes the name; blocking, on any thread. Nothing calls
  // into `service` before the first step(). The references must outlive it. Throws sdbus::Error.
  BusSession(BusKind kind, const Trust& trust, SyncService& service, const Doors& doors);
  ~BusSession();

  sdbus::IConnection& connection() { return *connection_; }

  // Loop thread. Handles what has come in. Throws sdbus::Error when the bus is lost.
  void step();

  // Loop thread. Refuses the calls that are still being authorized; to be called before this is let
  // go of, as their replies share it.
  void close(const Error& refusal);

  // Loop thread. Tells the bus what happened to a run.
  void emit(const SyncEvent& event);
  void changed(const char* property);

 private:
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<Authorizer> authorizer_;
  std::unique_ptr<BusObject> object_;
  std::unique_ptr<LogControl> log_control_;
};

}  // namespace nbasync
