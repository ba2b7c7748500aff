#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "base/unique_fd.hpp"
#include "support/loopback.hpp"

namespace nbasync::testing {

// TCP ports of 127.0.0.1 for daemons that are yet to start. They lie below the ports that Linux
// gives to connections and to listeners that ask for any (ip_local_port_range, from 32,768 on), so
// none of the tests that run meanwhile is given one; those that choose here begin at their own
// process's number. Throws std::runtime_error if too few are free.
inline std::vector<std::uint16_t> free_ports(std::size_t count) {
  constexpr int kFirst = 12'000;
  constexpr int kCount = 20'000;
  std::vector<std::uint16_t> ports;
  for (int i = 0; i < kCount && ports.size() < count; ++i) {
    const auto port = static_cast<std::uint16_t>(kFirst + (::getpid() + i) % kCount);
    const UniqueFd probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (bind_to_loopback(probe.get(), port) == 0) ports.push_back(port);
  }
  if (ports.size() < count) throw std::runtime_error("no port is free");
  return ports;
}
inline std::uint16_t free_port() { return free_ports(1).front(); }

}  // namespace nbasync::testing
