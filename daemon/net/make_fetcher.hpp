#pragma once

#include <memory>

#include "base/clock.hpp"
#include "net/fetcher.hpp"
#include "net/fetcher_options.hpp"
#include "net/upstream_hosts.hpp"

namespace nbasync {

// A fetcher for both hosts: http:// and https:// go to the network, file:///DIR to the files of DIR
// (offline replay, see replay_file_name.hpp). The two hosts may differ. `hosts` keeps
// what is known of those on the network; it and the clock must outlive the fetcher. Throws
// Error(kBadConfiguration) for any other URL.
std::unique_ptr<Fetcher> make_fetcher(const FetcherOptions& options, const Clock& clock,
                                      UpstreamHosts& hosts);

}  // namespace nbasync
