#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "model/request.hpp"

namespace nbasync {

// The body of a successful answer, already decompressed and checked: its first byte is '{'.
struct Response {
  std::string body;
  std::uint64_t bytes_received = 0;        // on the wire, headers and failed tries included
  std::uint32_t tries = 1;                 // requests made for it, retries included
  std::optional<SystemTime> made_at = {};  // upstream's clock: of the copy, if the answer tells
  std::optional<SystemTime> sent_at = {};  // upstream's clock: of the answer
};

// What a fetcher has done since it was made, failed and cancelled gets included.
struct Traffic {
  std::uint64_t requests = 0;
  std::uint64_t bytes_received = 0;
};

// A host of upstream as the status shows it.
struct HostState {
  std::string host;   // "stats.nba.com"
  std::string state;  // "ok", "open until 2025-12-01T17:30:00Z", "half-open"
  Traffic traffic{};
};

// Gets one answer from upstream. Blocking; one caller at a time, on any thread.
class Fetcher {
 public:
  virtual ~Fetcher() = default;

  // Throws Error: the kUpstream* codes, or kCancelled within 10 ms of a stop request.
  virtual Response get(const Request& request, std::stop_token stop) = 0;

  // Any thread, also during get. The figures of a get that threw are the difference of two of
  // these.
  virtual Traffic traffic() const { return {}; }
};

}  // namespace nbasync
