#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "net/fetcher.hpp"

namespace nbasync {

struct GovernorOptions {
  Duration min_interval{600};                     // between two requests to one host
  int threshold = 3;                              // failed gets in a row that open the circuit
  Duration first_open = std::chrono::minutes{5};  // doubles with each failed half-open try
  Duration longest_open = std::chrono::hours{1};
};

// Keeps us polite: per host, the spacing of requests, the waits it asks for, and a circuit breaker
// that leaves a failing host alone for a while and then lets a single try through. Pure: the time
// is an argument. Any thread; the worker writes, the status reads.
class Governor {
 public:
  enum class Circuit { kClosed, kOpen, kHalfOpen };

  Governor(GovernorOptions options, const std::vector<std::string>& hosts);

  Circuit circuit(const std::string& host, SteadyTime now) const;

  // When the host may be asked next: the latest of now, the spacing, its Retry-After, and the end
  // of an open circuit.
  SteadyTime next_try(const std::string& host, SteadyTime now) const;

  void started(const std::string& host, SteadyTime now);          // a request
  void received(const std::string& host, std::uint64_t bytes);    // of an answer, good or bad
  void asked_to_wait(const std::string& host, SteadyTime until);  // Retry-After
  void succeeded(const std::string& host);                        // a get
  void failed(const std::string& host, SteadyTime now);           // a get, tries included

  // wall is the wall time at now; the states say times by it.
  std::vector<HostState> states(SteadyTime now, SystemTime wall) const;

 private:
  struct Record {
    SteadyTime next_slot = SteadyTime::min();
    SteadyTime closed_until = SteadyTime::min();  // by Retry-After
    SteadyTime open_until = SteadyTime::min();    // by the circuit breaker
    int failures = 0;                             // gets in a row
    Duration open_for{0};                         // 0: the circuit is closed
    Traffic traffic{};
  };
  static Circuit circuit_of(const Record& record, SteadyTime now);

  const GovernorOptions options_;
  mutable std::mutex mutex_;
  std::map<std::string, Record> records_;
};

}  // namespace nbasync
