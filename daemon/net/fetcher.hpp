#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "base/request.hpp"

namespace nbasync {

// The body of a successful answer, already decompressed and checked: its first byte is '{'.
struct Response {
  std::string body;
  std::uint64_t bytes_received = 0;  // on the wire, headers and failed tries included
  std::uint32_t tries = 1;           // requests made for it, retries included
};

// Gets one answer from upstream. Blocking; one caller at a time, on any thread.
class Fetcher {
 public:
  virtual ~Fetcher() = default;

  // Throws Error: the kUpstream* codes, or kCancelled within 10 ms of a stop request.
  virtual Response get(const Request& request, std::stop_token stop) = 0;
};

}  // namespace nbasync
