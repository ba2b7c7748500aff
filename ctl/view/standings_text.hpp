#pragma once

#include <string>
#include <vector>

#include "ctl/view/terminal.hpp"
#include "protocol/standing.hpp"

namespace nbasync::ctl {

// A table for each conference, in the order of the list.
std::string standings_text(const std::vector<protocol::Standing>& standings,
                           const Terminal& terminal);

}  // namespace nbasync::ctl
