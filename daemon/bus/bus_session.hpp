#pragma once

#include <sdbus-c++/sdbus-c++.h>

#include <functional>
#include <memory>
#include <string>

#include "scheduler/administration.hpp"
#include "sync/sync_service.hpp"

namespace nbasync {

class BusObject;

enum class BusKind { kSystem, kSession };

// One life of the connection to the bus: the connection, and our object on it. Replies that are
// still owed share it, because a reply needs its connection even to be thrown away.
class BusSession : public std::enable_shared_from_this<BusSession> {
 public:
  // Connects, puts the object there and takes the name; blocking, on any thread. Nothing calls into
  // `service` before the first step(). The references must outlive it. Throws sdbus::Error.
  BusSession(BusKind kind, SyncService& service, const Administration& administration);
  ~BusSession();

  sdbus::IConnection& connection() { return *connection_; }

  // Loop thread. Handles what has come in. Throws sdbus::Error when the bus is lost.
  void step();

  // Loop thread. Tells the bus what happened to a run.
  void emit(const SyncEvent& event);
  void changed(const std::string& property);

 private:
  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<BusObject> object_;
};

}  // namespace nbasync
