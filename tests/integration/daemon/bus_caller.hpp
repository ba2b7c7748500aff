#pragma once

#include <poll.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "dbus/sdbus.hpp"
#include "protocol/names.hpp"
#include "support/other_user.hpp"

namespace nbasync::testing {

using Variants = std::map<std::string, sdbus::Variant>;

// A program on the system bus of this process that calls the daemon, as this user or as another.
class BusCaller {
 public:
  static constexpr std::chrono::seconds kCeiling{100};

  BusCaller() : connection_(sdbus::createSystemBusConnection()) { make_proxy(); }
  explicit BusCaller(uid_t uid, const std::vector<gid_t>& groups = {}) {
    const OtherUser other(uid, groups);
    connection_ = sdbus::createSystemBusConnection();
    make_proxy();
  }

  std::string name() const { return connection_->getUniqueName(); }
  sdbus::IConnection& connection() { return *connection_; }

  // The name of the error that the method answers, empty if it succeeds; message() tells the rest.
  template <typename... Arguments>
  std::string call(const std::string& method, const Arguments&... arguments) {
    send(method, arguments...);
    return answer();
  }
  std::string sync(const std::string& type, const Variants& options = {}) {
    return call("Sync", type, options);
  }

  // Only sends the call; answer() waits for its answer.
  template <typename... Arguments>
  void send(const std::string& method, const Arguments&... arguments) {
    error_.reset();
    auto call = proxy_->createMethodCall(dbus::InterfaceName(protocol::kInterface),
                                         dbus::MemberName(method));
    static_cast<void>(std::initializer_list<int>{(call << arguments, 0)...});
    dbus::call(
        *proxy_, call,
        [this](sdbus::MethodReply& reply, const sdbus::Error* error) {
          reply_ = reply;
          error_ = error == nullptr ? std::string() : std::string(error->getName());
          message_ = error == nullptr ? std::string() : error->getMessage();
        },
        kCeiling);
  }
  std::string answer() {
    serve_until([this] { return error_.has_value(); });
    return error_.value_or("no answer");
  }
  const std::string& message() const { return message_; }

  // The next value of the last answer.
  template <typename Value>
  Value value() {
    Value value;
    reply_ >> value;
    return value;
  }

  // Takes what comes in on the connection until this is so, or the ceiling comes.
  void serve_until(const std::function<bool()>& so) {
    const auto end = std::chrono::steady_clock::now() + kCeiling;
    while (!so() && std::chrono::steady_clock::now() < end) {
      if (dbus::process(*connection_)) continue;
      const auto data = connection_->getEventLoopPollData();
      pollfd polled{data.fd, data.events, 0};
      ::poll(&polled, 1, std::min(data.getPollTimeout() < 0 ? 1000 : data.getPollTimeout(), 1000));
    }
  }

 private:
  void make_proxy() {
    proxy_ = sdbus::createProxy(*connection_, dbus::ServiceName(protocol::kBusName),
                                dbus::ObjectPath(protocol::kObjectPath));
  }

  std::unique_ptr<sdbus::IConnection> connection_;
  std::unique_ptr<sdbus::IProxy> proxy_;
  sdbus::MethodReply reply_;
  std::optional<std::string> error_;
  std::string message_;
};

}  // namespace nbasync::testing
