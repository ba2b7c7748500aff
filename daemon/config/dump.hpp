#pragma once

#include <string>

#include "config/load.hpp"

namespace nbasync {

// The effective configuration as YAML, each value with a comment that says where it comes from:
// "# default" or "# FILE:LINE". load_config reads it back to the same Config. Credentials in a
// proxy's URL are masked.
std::string dump_config(const Config& config, const Origins& origins);

}  // namespace nbasync
