#pragma once

// The project's one door to sdbus-c++, whose two generations differ in names: 1.2 (Debian 12) and
// 1.4 (Ubuntu 24.04), and 2.x (Debian 13, Ubuntu 26.04). Here both have one set of names. What has
// the same name in both is used as it is.
#include <sdbus-c++/sdbus-c++.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#if __has_include(<sdbus-c++/VTableItems.h>)
#define NBASYNC_SDBUS_GENERATION 2
#else
#define NBASYNC_SDBUS_GENERATION 1
#endif

namespace nbasync::dbus {

using sdbus::ObjectPath;
#if NBASYNC_SDBUS_GENERATION == 2
using sdbus::InterfaceName;
using sdbus::MemberName;
using sdbus::PropertyName;
using sdbus::ServiceName;
using ErrorName = sdbus::Error::Name;
// The first argument of a callback for a reply: converts to true when the reply is an error.
using MaybeError = std::optional<sdbus::Error>;
#else
using InterfaceName = std::string;
using MemberName = std::string;
using PropertyName = std::string;
using ServiceName = std::string;
using ErrorName = std::string;
using MaybeError = const sdbus::Error*;
#endif

// sdbus::signature_of of a type of ours that is sent or read as a{sv} inherits this. 1.x asks for
// str(), 2.x for value, and all but 1.2 for is_trivial_dbus_type.
struct DictionarySignature {
  static constexpr bool is_valid = true;
  static constexpr bool is_trivial_dbus_type = false;
  static constexpr std::array value{'a', '{', 's', 'v', '}'};
  static std::string str() { return {value.begin(), value.end()}; }
};

// Handles one message that has come in, and sends what waits to be sent; false when there was
// nothing to do. Throws sdbus::Error when the bus is lost.
bool process(sdbus::IConnection& connection);

// Until when to poll at most, in microseconds of CLOCK_MONOTONIC. The eventFd of 2.x need not be
// polled: it tells one thread what another did to the connection, and ours are touched by one.
std::optional<std::uint64_t> deadline_of(const sdbus::IConnection::PollData& data);

// The unique name of the caller whose call `object` is handling.
std::string sender_of_call(const sdbus::IObject& object);

// Calls `handler` for each message that matches, until the slot is gone.
[[nodiscard]] sdbus::Slot add_match(sdbus::IConnection& connection, const std::string& match,
                                    std::function<void(sdbus::Message&)> handler);

// Asks the bus for the signals that uponSignal() was called for; once, after the last of them.
void subscribe(sdbus::IProxy& proxy);

// The type of the variant that comes next in the message, empty if none does.
std::string next_variant_type(const sdbus::Message& message);

// Sends the call; `handler` is called once, with the reply or the error.
void call(sdbus::IProxy& proxy, const sdbus::MethodCall& call,
          std::function<void(sdbus::MethodReply& reply, const sdbus::Error* error)> handler,
          std::chrono::microseconds timeout);

// The one interface of an object of ours whose members are written by hand: they are added one by
// one, and are there once it is published. `object` must outlive this. A constant is a property
// that does not change; a privileged one may be set by root and the daemon's own user only, and no
// signal tells of it.
#if NBASYNC_SDBUS_GENERATION == 2
class Interface {
 public:
  Interface(sdbus::IObject& object, std::string name) : object_(object), name_(std::move(name)) {}

  template <typename Function>
  void add_method(const std::string& name, Function function) {
    members_.emplace_back(sdbus::registerMethod(name).implementedAs(std::move(function)));
  }
  template <typename... Parameters>
  void add_signal(const std::string& name) {
    members_.emplace_back(sdbus::registerSignal(name).withParameters<Parameters...>());
  }
  template <typename Get>
  void add_constant(const std::string& name, Get get) {
    members_.emplace_back(sdbus::registerProperty(name)
                              .withGetter(std::move(get))
                              .withUpdateBehavior(sdbus::Flags::CONST_PROPERTY_VALUE));
  }
  template <typename Get, typename Set>
  void add_privileged(const std::string& name, Get get, Set set) {
    members_.emplace_back(sdbus::registerProperty(name)
                              .withGetter(std::move(get))
                              .withSetter(std::move(set))
                              .withUpdateBehavior(sdbus::Flags::EMITS_NO_SIGNAL)
                              .markAsPrivileged());
  }
  void publish() { object_.addVTable(sdbus::InterfaceName(name_), std::move(members_)); }

 private:
  sdbus::IObject& object_;
  std::string name_;
  std::vector<sdbus::VTableItem> members_;
};
#else
class Interface {
 public:
  Interface(sdbus::IObject& object, std::string name) : object_(object), name_(std::move(name)) {}

  template <typename Function>
  void add_method(const std::string& name, Function function) {
    object_.registerMethod(name).onInterface(name_).implementedAs(std::move(function));
  }
  template <typename... Parameters>
  void add_signal(const std::string& name) {
    object_.registerSignal(name).onInterface(name_).withParameters<Parameters...>();
  }
  template <typename Get>
  void add_constant(const std::string& name, Get get) {
    object_.registerProperty(name)
        .onInterface(name_)
        .withGetter(std::move(get))
        .withUpdateBehavior(sdbus::Flags::CONST_PROPERTY_VALUE);
  }
  template <typename Get, typename Set>
  void add_privileged(const std::string& name, Get get, Set set) {
    object_.registerProperty(name)
        .onInterface(name_)
        .withGetter(std::move(get))
        .withSetter(std::move(set))
        .withUpdateBehavior(sdbus::Flags::EMITS_NO_SIGNAL)
        .markAsPrivileged();
  }
  void publish() { object_.finishRegistration(); }

 private:
  sdbus::IObject& object_;
  std::string name_;
};
#endif

}  // namespace nbasync::dbus
