#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "bus/authorizer.hpp"
#include "bus/outbox.hpp"
#include "dbus/sdbus.hpp"
#include "model/sync_event.hpp"

namespace nbasync {

class SyncFront;
struct Doors;

// What stands at our path on the bus: the service (bus_object.hpp), or what refuses in its place
// (refusing_object.hpp). Loop thread, but for its making.
class BusFace {
 public:
  virtual ~BusFace() = default;

  // Tells the bus what happened to a run, or that properties have changed.
  virtual void emit(const SyncEvent& event) = 0;
  virtual void changed(std::initializer_list<const char*> properties) = 0;
  virtual void backfill_progress(std::uint32_t done, std::uint32_t of,
                                 const std::string& season) = 0;
};

// Makes it for a connection; `outbox` gives by what it sends, and keeps the connection alive: each
// reply that is owed shares it. On any thread: it may keep references to what the loop thread has,
// but not use them.
using MakeFace = std::function<std::unique_ptr<BusFace>(
    sdbus::IConnection&, std::function<std::shared_ptr<Outbox>()> outbox, Authorizer&)>;

// The service's. The references must outlive all that is made.
MakeFace make_bus_object(SyncFront& service, const Doors& doors);

// Of a daemon that cannot serve, and says `why`. `doors` offers reload. As above.
MakeFace make_refusing_object(std::function<Error()> why, const Doors& doors);

}  // namespace nbasync
