#include "bus/bus_session.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <string>

#include "base/format.hpp"
#include "bus/authorizer.hpp"
#include "bus/log_control.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

// How long sd-bus may ask the bus who the caller is that sets a property (see log_control.hpp).
constexpr auto kAccessCheckTime = std::chrono::seconds(1);
constexpr auto kNameTime = std::chrono::seconds(5);
constexpr int kMessagesPerTurn = 64;  // then the rest of the loop has its turn

void take_name(sdbus::IConnection& connection) {
  connection.setMethodCallTimeout(kNameTime);
  try {
    connection.requestName(dbus::ServiceName(protocol::kBusName));
  } catch (const sdbus::Error& error) {
    if (error.getName() != "org.freedesktop.DBus.Error.FileExists") throw;
    throw Error(Errc::kInternal,
                format("another program has the name {} on the bus", protocol::kBusName));
  }
  connection.setMethodCallTimeout(kAccessCheckTime);
}

}  // namespace

BusSession::BusSession(BusKind kind, const Trust& trust, const MakeFace& make)
    : connection_{kind == BusKind::kSystem ? sdbus::createSystemBusConnection()
                                           : sdbus::createSessionBusConnection()},
      outbox_(connection_.bus->getEventLoopPollData().fd),
      // polkit decides on the system bus only: elsewhere anybody may call himself polkit.
      authorizer_(std::make_unique<Authorizer>(*connection_.bus, trust, kind == BusKind::kSystem)),
      face_(make(
          *connection_.bus,
          [this] { return std::shared_ptr<Outbox>(shared_from_this(), &outbox_); }, *authorizer_)),
      log_control_(std::make_unique<LogControl>(*connection_.bus)) {
  take_name(*connection_.bus);
}

BusSession::~BusSession() = default;

BusSession::Connection::~Connection() {
  try {
    ::shutdown(bus->getEventLoopPollData().fd, SHUT_RDWR);
  } catch (const sdbus::Error&) {  // it is closed
  }
}

void BusSession::step() {
  outbox_.flush();
  for (int count = 0; count < kMessagesPerTurn; ++count) {
    if (!outbox_.is_open()) return;
    if (!dbus::process(*connection_.bus)) return;
  }
}

bool BusSession::is_sending() const {
  return !outbox_.is_empty() || (connection_.bus->getEventLoopPollData().events & POLLOUT) != 0;
}

void BusSession::give_name_back() {
  const auto bus = sdbus::createProxy(*connection_.bus, dbus::ServiceName("org.freedesktop.DBus"),
                                      dbus::ObjectPath("/org/freedesktop/DBus"));
  auto call = bus->createMethodCall(dbus::InterfaceName("org.freedesktop.DBus"),
                                    dbus::MemberName("ReleaseName"));
  call << std::string(protocol::kBusName);
  call.dontExpectReply();
  bus->callMethod(call);
}

void BusSession::close(const Error& refusal) { authorizer_->close(refusal); }

}  // namespace nbasync
