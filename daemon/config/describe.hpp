#pragma once

#include <vector>

#include "config/config.hpp"
#include "config/key.hpp"

namespace nbasync {

// All keys of the configuration, in the order of the manual, bound to `config`, which must outlive
// them. This is the one list of keys: a new one goes here and into Config.
std::vector<Key> describe(Config& config);

}  // namespace nbasync
