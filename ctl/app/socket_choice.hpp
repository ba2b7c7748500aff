#pragma once

#include <string>

#include "ctl/app/arguments.hpp"

namespace nbasync::ctl {

// Which control socket to use. A named one stands for its daemon: the bus, where another daemon may
// be, does not take its place.
struct SocketChoice {
  std::string path;
  bool named;
};

// By --socket, then NBASYNC_SOCKET, else where an installed daemon has it.
SocketChoice choose_socket(const Arguments& arguments);

}  // namespace nbasync::ctl
