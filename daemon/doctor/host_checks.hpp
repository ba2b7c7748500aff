#pragma once

#include <optional>
#include <stop_token>

#include "base/clock.hpp"
#include "model/check_answer.hpp"
#include "model/request.hpp"
#include "net/fetcher_options.hpp"
#include "net/upstream_hosts.hpp"

namespace nbasync {

// How long a host is waited for: less than who asks waits for all.
inline constexpr Duration kHostPatience{8'000};

// How a host of upstream answers one small request.
struct HostAnswer {
  CheckAnswer answer;
  std::optional<Duration> ahead;  // its clock before ours; nullopt: it did not tell the time
};

// Asks the host once, at its turn: the spacing holds, and a host that is left alone is not asked.
// What becomes of it counts for `hosts`. Blocks for `patience` at the most, and ends within 10 ms
// of a stop request; any thread.
HostAnswer check_host(Host host, FetcherOptions options, const Clock& clock, UpstreamHosts& hosts,
                      Duration patience, const std::stop_token& stop);

// Our clock, by those of the hosts.
CheckAnswer check_clock(const std::optional<Duration>& stats, const std::optional<Duration>& cdn);

}  // namespace nbasync
