#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>

namespace nbasync::testing {

// bind() of a TCP socket to this port of 127.0.0.1, also if the port was in use a moment ago; 0
// lets the system choose. Its result.
inline int bind_to_loopback(int fd, std::uint16_t port) {
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

}  // namespace nbasync::testing
