#pragma once

#include <optional>

#include "http/listen_socket.hpp"

namespace nbasync {

// The sockets that systemd has passed: those of nbasyncd.socket and of nbasyncd-read.socket.
struct PassedSockets {
  std::optional<ListenSocket> control;
  std::optional<ListenSocket> read;

  // At the first call only. Throws Error(kInternal) for what does not listen.
  static PassedSockets take();

  // The same again: both are open until both have been closed.
  PassedSockets duplicate() const;
};

}  // namespace nbasync
