#pragma once

#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "dbus/sdbus.hpp"
#include "log/log.hpp"
#include "protocol/errors.hpp"

namespace nbasync {

inline sdbus::Error to_bus_error(Errc code, const std::string& message) {
  return {dbus::ErrorName(std::string(protocol::names_of(code).dbus)), message};
}

// The reply that a method call is owed. Copyable, as std::function wants it; the bus may be gone by
// the time it is given.
template <typename... Results>
class Reply {
 public:
  Reply(std::shared_ptr<void> connection, sdbus::Result<Results...>&& result)
      : state_(std::make_shared<State>(State{std::move(connection), std::move(result)})) {}

  void give(const Results&... results) const {
    send([&] { state_->result.returnResults(results...); });
  }
  void refuse(Errc code, const std::string& message) const {
    send([&] { state_->result.returnError(to_bus_error(code, message)); });
  }

  // The wall of a handler: sdbus-c++ 1.2 ends the process on anything but sdbus::Error.
  template <typename Function>
  void guard(Function function) const {
    try {
      function();
    } catch (const Error& error) {
      refuse(error.code(), error.what());
    } catch (const sdbus::Error& error) {
      refuse(Errc::kInvalidArgument, error.getMessage());
    } catch (const std::exception& error) {
      log::error("bus handler failed error={}", in_quotes(error.what()));
      refuse(Errc::kInternal, error.what());
    }
  }

 private:
  struct State {
    std::shared_ptr<void> connection;  // outlives the result
    sdbus::Result<Results...> result;
  };

  template <typename Function>
  static void send(Function function) {
    try {
      function();
    } catch (const sdbus::Error& error) {
      log::debug("bus reply lost error={}", in_quotes(error.getMessage()));
    }
  }

  std::shared_ptr<State> state_;
};

}  // namespace nbasync
