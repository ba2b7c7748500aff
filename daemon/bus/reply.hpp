#pragma once

#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "bus/outbox.hpp"
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
  Reply(std::shared_ptr<Outbox> outbox, sdbus::Result<Results...>&& result)
      : state_(std::make_shared<State>(State{std::move(outbox), std::move(result)})) {}

  void give(Results... results) const {
    send([state = state_, ... results = std::move(results)] {
      state->result.returnResults(results...);
    });
  }
  void refuse(Errc code, const std::string& message) const {
    send([state = state_, error = to_bus_error(code, message)] {
      state->result.returnError(error);
    });
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
    std::shared_ptr<Outbox> outbox;  // and with it the connection, which outlives the result
    sdbus::Result<Results...> result;
  };

  template <typename Message>
  void send(Message message) const {
    state_->outbox->send([message = std::move(message)] {
      try {
        message();
      } catch (const sdbus::Error& error) {
        log::debug("bus reply lost error={}", in_quotes(error.getMessage()));
      }
    });
  }

  std::shared_ptr<State> state_;
};

}  // namespace nbasync
