#include "ctl/app/socket_choice.hpp"

#include <cstdlib>

#include "protocol/names.hpp"

namespace nbasync::ctl {

SocketChoice choose_socket(const Arguments& arguments) {
  if (!arguments.socket.empty()) return {arguments.socket, true};
  const char* named = std::getenv("NBASYNC_SOCKET");
  if (named != nullptr && *named != '\0') return {named, true};
  return {protocol::kSocketPath, false};
}

}  // namespace nbasync::ctl
