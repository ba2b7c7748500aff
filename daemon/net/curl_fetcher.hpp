#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "base/clock.hpp"
#include "net/fetcher.hpp"
#include "net/fetcher_options.hpp"
#include "net/http_client.hpp"
#include "net/upstream_hosts.hpp"

namespace nbasync {

// Asks upstream over the network: spaced, with retries, within limits, and not at all while a
// host's circuit is open.
class CurlFetcher final : public Fetcher {
 public:
  // Neither connects nor initialises curl. From here on `hosts` shows the hosts of the options.
  // Both must outlive the fetcher; the clock's steady time must be real time, for waits last as
  // long as it says.
  CurlFetcher(FetcherOptions options, const Clock& clock, UpstreamHosts& hosts);

  Response get(const Request& request, std::stop_token stop) override;
  Traffic traffic() const override;

 private:
  struct Target;

  // Blocks until the host may be asked. Throws at once if that is too far away.
  void wait_for_turn(const Target& target, Duration at_least, const std::stop_token& stop) const;
  HttpAnswer ask(const Target& target, const std::stop_token& stop);
  // What is to be done after a failed try: returns the wait before the next one, or throws.
  Duration settle(const Target& target, const Failure& failure, int tried, int allowed);

  const FetcherOptions options_;
  const Clock& clock_;
  UpstreamHosts& hosts_;
  std::optional<HttpClient> client_;  // from the first request on
  std::minstd_rand random_{std::random_device{}()};
  std::atomic<std::uint64_t> requests_{0};
  std::atomic<std::uint64_t> bytes_{0};
};

}  // namespace nbasync
