#include "bus/bus_session.hpp"

#include <chrono>

#include "bus/authorizer.hpp"
#include "bus/bus_object.hpp"
#include "bus/log_control.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

// How long sd-bus may ask the bus who the caller is that sets a property (see log_control.hpp).
constexpr auto kAccessCheckTime = std::chrono::seconds(1);
constexpr int kMessagesPerTurn = 64;  // then the rest of the loop has its turn

}  // namespace

BusSession::BusSession(BusKind kind, const Trust& trust, SyncService& service, const Doors& doors)
    : connection_(kind == BusKind::kSystem ? sdbus::createSystemBusConnection()
                                           : sdbus::createSessionBusConnection()),
      // polkit decides on the system bus only: elsewhere anybody may call himself polkit.
      authorizer_(std::make_unique<Authorizer>(*connection_, trust, kind == BusKind::kSystem)),
      object_(std::make_unique<BusObject>(
          *connection_, [this] { return shared_from_this(); }, service, doors, *authorizer_)),
      log_control_(std::make_unique<LogControl>(*connection_)) {
  connection_->requestName(dbus::ServiceName(protocol::kBusName));
  connection_->setMethodCallTimeout(kAccessCheckTime);
}

BusSession::~BusSession() = default;

void BusSession::step() {
  for (int count = 0; count < kMessagesPerTurn; ++count) {
    if (!dbus::process(*connection_)) return;
  }
}

void BusSession::close(const Error& refusal) { authorizer_->close(refusal); }

void BusSession::emit(const SyncEvent& event) { object_->emit(event); }

void BusSession::changed(const char* property) { object_->changed({property}); }

}  // namespace nbasync
