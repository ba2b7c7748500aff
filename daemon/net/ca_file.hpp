#pragma once

#include <filesystem>

namespace nbasync {

// Whether curl will find certificates in this file (upstream.ca_file). Blocking. Throws
// Error(kUpstreamUnreachable), which says why not.
void check_ca_file(const std::filesystem::path& file);

}  // namespace nbasync
