#include "dbus/sdbus.hpp"

#include <limits>

namespace nbasync::dbus {

#if NBASYNC_SDBUS_GENERATION == 2

bool process(sdbus::IConnection& connection) { return connection.processPendingEvent(); }

std::optional<std::uint64_t> deadline_of(const sdbus::IConnection::PollData& data) {
  if (data.timeout == std::chrono::microseconds::max()) return std::nullopt;
  return static_cast<std::uint64_t>(data.timeout.count());
}

std::string sender_of_call(const sdbus::IObject& object) {
  return object.getCurrentlyProcessedMessage().getSender();
}

sdbus::Slot add_match(sdbus::IConnection& connection, const std::string& match,
                      std::function<void(sdbus::Message&)> handler) {
  return connection.addMatch(
      match, [handler = std::move(handler)](sdbus::Message message) { handler(message); },
      sdbus::return_slot);
}

void subscribe(sdbus::IProxy&) {}  // uponSignal() has asked already

std::string next_variant_type(const sdbus::Message& message) {
  const auto [type, contents] = message.peekType();
  return contents == nullptr ? std::string() : contents;
}

void call(sdbus::IProxy& proxy, const sdbus::MethodCall& call,
          std::function<void(sdbus::MethodReply& reply, const sdbus::Error* error)> handler,
          std::chrono::microseconds timeout) {
  proxy.callMethodAsync(
      call,
      [handler = std::move(handler)](sdbus::MethodReply reply, std::optional<sdbus::Error> error) {
        handler(reply, error ? &*error : nullptr);
      },
      timeout);
}

#else

bool process(sdbus::IConnection& connection) { return connection.processPendingRequest(); }

std::optional<std::uint64_t> deadline_of(const sdbus::IConnection::PollData& data) {
  if (data.timeout_usec == std::numeric_limits<std::uint64_t>::max()) return std::nullopt;
  return data.timeout_usec;
}

std::string sender_of_call(const sdbus::IObject& object) {
  return object.getCurrentlyProcessedMessage()->getSender();
}

sdbus::Slot add_match(sdbus::IConnection& connection, const std::string& match,
                      std::function<void(sdbus::Message&)> handler) {
  return connection.addMatch(match, std::move(handler));
}

void subscribe(sdbus::IProxy& proxy) { proxy.finishRegistration(); }

std::string next_variant_type(const sdbus::Message& message) {
  std::string type, contents;
  message.peekType(type, contents);
  return contents;
}

void call(sdbus::IProxy& proxy, const sdbus::MethodCall& call,
          std::function<void(sdbus::MethodReply& reply, const sdbus::Error* error)> handler,
          std::chrono::microseconds timeout) {
  proxy.callMethod(call, std::move(handler), timeout);
}

#endif

}  // namespace nbasync::dbus
