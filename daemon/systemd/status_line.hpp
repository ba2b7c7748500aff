#pragma once

#include <string>

#include "base/error.hpp"
#include "protocol/status.hpp"

namespace nbasync {

// What the daemon does now, in one line for `systemctl status`: the sync that runs and how far it
// is, or the next schedule; and what is wrong with the configuration.
std::string status_line(const protocol::Status& status);

// The same of a daemon that cannot serve.
std::string status_line(const Error& why);

}  // namespace nbasync
