#pragma once

#include <memory>

#include "base/error.hpp"
#include "bus/bus_face.hpp"
#include "bus/outbox.hpp"
#include "dbus/sdbus.hpp"
#include "model/trust.hpp"

namespace nbasync {

class LogControl;

enum class BusKind { kSystem, kSession };

// One life of the connection to the bus: the connection, and our objects on it. Replies that are
// still owed share it, because a reply needs its connection even to be thrown away.
class BusSession : public std::enable_shared_from_this<BusSession> {
 public:
  // Connects, puts the objects there and takes the name; blocking, for good if the bus hangs, on
  // any thread. Nothing calls into the face before the first step(). `trust` must outlive it.
  // Throws Error, sdbus::Error.
  BusSession(BusKind kind, const Trust& trust, const MakeFace& make);

  // Never waits: what the bus has not taken by now is lost.
  ~BusSession();

  sdbus::IConnection& connection() { return *connection_.bus; }
  BusFace& face() { return *face_; }

  // Loop thread. Sends what waits, and handles what has come in, unless the bus takes no answers.
  // Throws sdbus::Error when the bus is lost.
  void step();

  // By what all is sent.
  Outbox& outbox() { return outbox_; }

  // Whether the bus has not taken all that was sent.
  bool is_sending() const;

  // Loop thread. Does not wait for it; what is sent afterwards comes afterwards.
  void give_name_back();

  // Loop thread. Refuses the calls that are still being authorized; to be called before this is let
  // go of, as their replies share it.
  void close(const Error& refusal);

 private:
  // The library sends what is unsent before it lets go of a connection, and waits as long as the
  // bus takes nothing; unless the socket is shut.
  struct Connection {
    std::unique_ptr<sdbus::IConnection> bus;
    ~Connection();
  };

  Connection connection_;
  Outbox outbox_;
  std::unique_ptr<Authorizer> authorizer_;
  std::unique_ptr<BusFace> face_;
  std::unique_ptr<LogControl> log_control_;
};

}  // namespace nbasync
