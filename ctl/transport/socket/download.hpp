#pragma once

#include <string>

#include "ctl/transport/client.hpp"

namespace nbasync::ctl {

// Asks the daemon at `socket` for what it sends bit by bit; see Client::export_table.
void download(const std::string& socket, const std::string& target, int stop_fd,
              const Client::Take& take);

}  // namespace nbasync::ctl
