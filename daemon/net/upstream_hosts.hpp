#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "net/circuit_breaker.hpp"
#include "net/fetcher.hpp"
#include "net/rate_limiter.hpp"

namespace nbasync {

// The hosts of upstream, as long as the process lives: what each has asked for, how it has done,
// and its figures. A change of the configuration does not make us forget that a host wants to be
// left alone. Any thread; the worker writes, the status reads.
class UpstreamHosts {
 public:
  explicit UpstreamHosts(CircuitOptions circuit = {}) : circuit_options_(circuit) {}

  // These are asked from now on. Others keep their record, and are no longer shown.
  void use(const std::vector<std::string>& hosts);

  CircuitBreaker::State circuit(const std::string& host, SteadyTime now) const;

  // When the host may be asked next: the latest of now, the spacing, its Retry-After, and the end
  // of an open circuit.
  SteadyTime next_try(const std::string& host, SteadyTime now) const;

  // A request; the next one to this host may follow after `min_interval`.
  void started(const std::string& host, SteadyTime now, Duration min_interval);
  void received(const std::string& host, std::uint64_t bytes);    // of an answer, good or bad
  void asked_to_wait(const std::string& host, SteadyTime until);  // Retry-After
  void succeeded(const std::string& host);                        // a get
  void failed(const std::string& host, SteadyTime now);           // a get, tries included

  // Of the hosts in use. wall is the wall time at now; the states say times by it.
  std::vector<HostState> states(SteadyTime now, SystemTime wall) const;

 private:
  struct Record {
    RateLimiter limiter;
    CircuitBreaker circuit;
    Traffic traffic{};
  };

  CircuitOptions circuit_options_;
  mutable std::mutex mutex_;
  std::map<std::string, Record> records_;
  std::set<std::string> in_use_;
};

}  // namespace nbasync
