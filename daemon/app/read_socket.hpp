#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <optional>

#include "app/optional_part.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "control/control_server.hpp"
#include "event/loop.hpp"
#include "http/listen_socket.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// The socket for reading that the configuration names. Loop thread.
class ReadSocket {
 public:
  struct Place {
    std::filesystem::path path;
    mode_t mode;

    bool operator==(const Place&) const = default;
  };
  static constexpr const char* kPart = "control.read_socket";

  // All must outlive this. `told`: as of OptionalPart; nullopt too when none is wanted any more.
  ReadSocket(Loop& loop, TimerWheel& wheel, const Clock& clock, ControlServer& control,
             std::function<void(const std::optional<Error>&)> told);

  // There from now on, elsewhere or with other rights, or gone.
  void serve(std::optional<Place> place);

 private:
  void make();

  Loop& loop_;
  TimerWheel& wheel_;
  const Clock& clock_;
  ControlServer& control_;
  std::function<void(const std::optional<Error>&)> told_;
  std::optional<Place> place_;
  std::optional<OptionalPart<ListenSocket>> part_;
};

}  // namespace nbasync
