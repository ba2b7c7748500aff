#pragma once

#include <string>

namespace nbasync {

// What this machine calls itself; empty if it has no name. Any thread.
std::string machine_name();

}  // namespace nbasync
