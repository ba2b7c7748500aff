#pragma once

#include <memory>

#include "base/clock.hpp"
#include "net/fetcher.hpp"
#include "net/fetcher_options.hpp"

namespace nbasync {

// A fetcher for both hosts: http:// and https:// go to the network, file:///DIR to the files of DIR
// (offline replay, see replay_file_name.hpp). The two hosts may differ. The clock must outlive the
// fetcher. Throws Error(kBadConfiguration) for any other URL.
std::unique_ptr<Fetcher> make_fetcher(const FetcherOptions& options, const Clock& clock);

}  // namespace nbasync
