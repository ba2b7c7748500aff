#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

#include "base/unique_fd.hpp"
#include "support/loopback.hpp"

namespace nbasync::testing {

// A TCP port of 127.0.0.1 for a daemon that is yet to start. It lies below the ports that Linux
// gives to connections and to listeners that ask for any (ip_local_port_range, from 32,768 on), so
// none of the tests that run meanwhile is given it; those that choose here begin at their own
// process's number. Throws std::runtime_error if none is free.
inline std::uint16_t free_port() {
  constexpr int kFirst = 12'000;
  constexpr int kCount = 20'000;
  for (int i = 0; i < kCount; ++i) {
    const auto port = static_cast<std::uint16_t>(kFirst + (::getpid() + i) % kCount);
    const UniqueFd probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (bind_to_loopback(probe.get(), port) == 0) return port;
  }
  throw std::runtime_error("no port is free");
}

}  // namespace nbasync::testing
