#include "net/upstream_hosts.hpp"

#include <algorithm>

namespace nbasync {
namespace {

std::string state_of(CircuitBreaker::State circuit, SteadyTime until, SteadyTime now,
                     SystemTime wall) {
  if (until > now) {
    return "open until " +
           format_utc(wall + std::chrono::duration_cast<SystemTime::duration>(until - now));
  }
  return circuit == CircuitBreaker::State::kHalfOpen ? "half-open" : "ok";
}

}  // namespace

void UpstreamHosts::use(const std::vector<std::string>& hosts) {
  const std::lock_guard lock(mutex_);
  in_use_ = {hosts.begin(), hosts.end()};
  for (const auto& host : hosts) {
    records_.try_emplace(host, Record{{}, CircuitBreaker(circuit_options_), {}});
  }
}

CircuitBreaker::State UpstreamHosts::circuit(const std::string& host, SteadyTime now) const {
  const std::lock_guard lock(mutex_);
  return records_.at(host).circuit.state(now);
}

SteadyTime UpstreamHosts::next_try(const std::string& host, SteadyTime now) const {
  const std::lock_guard lock(mutex_);
  const Record& record = records_.at(host);
  return std::max({now, record.limiter.next(), record.circuit.open_until()});
}

void UpstreamHosts::started(const std::string& host, SteadyTime now, Duration min_interval) {
  const std::lock_guard lock(mutex_);
  Record& record = records_.at(host);
  record.limiter.started(now, min_interval);
  ++record.traffic.requests;
}

void UpstreamHosts::received(const std::string& host, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  records_.at(host).traffic.bytes_received += bytes;
}

void UpstreamHosts::asked_to_wait(const std::string& host, SteadyTime until) {
  const std::lock_guard lock(mutex_);
  records_.at(host).limiter.asked_to_wait(until);
}

void UpstreamHosts::succeeded(const std::string& host) {
  const std::lock_guard lock(mutex_);
  records_.at(host).circuit.succeeded();
}

void UpstreamHosts::failed(const std::string& host, SteadyTime now) {
  const std::lock_guard lock(mutex_);
  records_.at(host).circuit.failed(now);
}

std::vector<HostState> UpstreamHosts::states(SteadyTime now, SystemTime wall) const {
  const std::lock_guard lock(mutex_);
  std::vector<HostState> states;
  for (const auto& host : in_use_) {
    const Record& record = records_.at(host);
    const auto until = std::max(record.limiter.closed_until(), record.circuit.open_until());
    states.push_back({host, state_of(record.circuit.state(now), until, now, wall), record.traffic});
  }
  return states;
}

}  // namespace nbasync
