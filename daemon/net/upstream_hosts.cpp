#include "net/governor.hpp"

#include <algorithm>

namespace nbasync {

Governor::Governor(GovernorOptions options, const std::vector<std::string>& hosts)
    : options_(options) {
  for (const auto& host : hosts) records_[host];
}

Governor::Circuit Governor::circuit(const std::string& host, SteadyTime now) const {
  const std::lock_guard lock(mutex_);
  return circuit_of(records_.at(host), now);
}

SteadyTime Governor::next_try(const std::string& host, SteadyTime now) const {
  const std::lock_guard lock(mutex_);
  const Record& record = records_.at(host);
  return std::max({now, record.next_slot, record.closed_until, record.open_until});
}

void Governor::started(const std::string& host, SteadyTime now) {
  const std::lock_guard lock(mutex_);
  Record& record = records_.at(host);
  record.next_slot = now + options_.min_interval;
  ++record.traffic.requests;
}

void Governor::received(const std::string& host, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  records_.at(host).traffic.bytes_received += bytes;
}

void Governor::asked_to_wait(const std::string& host, SteadyTime until) {
  const std::lock_guard lock(mutex_);
  records_.at(host).closed_until = until;
}

void Governor::succeeded(const std::string& host) {
  const std::lock_guard lock(mutex_);
  Record& record = records_.at(host);
  record.failures = 0;
  record.open_for = Duration{0};
  record.open_until = SteadyTime::min();
}

void Governor::failed(const std::string& host, SteadyTime now) {
  const std::lock_guard lock(mutex_);
  Record& record = records_.at(host);
  if (++record.failures < options_.threshold) return;
  record.open_for = record.open_for == Duration{0}
                        ? options_.first_open
                        : std::min(record.open_for * 2, options_.longest_open);
  record.open_until = now + record.open_for;
}

std::vector<HostState> Governor::states(SteadyTime now, SystemTime wall) const {
  const std::lock_guard lock(mutex_);
  std::vector<HostState> states;
  for (const auto& [host, record] : records_) {
    const SteadyTime until = std::max(record.closed_until, record.open_until);
    std::string state = circuit_of(record, now) == Circuit::kHalfOpen ? "half-open" : "ok";
    if (until > now) {
      state = "open until " +
              format_utc(wall + std::chrono::duration_cast<SystemTime::duration>(until - now));
    }
    states.push_back({host, std::move(state), record.traffic});
  }
  return states;
}

Governor::Circuit Governor::circuit_of(const Record& record, SteadyTime now) {
  if (record.open_for == Duration{0}) return Circuit::kClosed;
  return now < record.open_until ? Circuit::kOpen : Circuit::kHalfOpen;
}

}  // namespace nbasync
