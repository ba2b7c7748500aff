#pragma once

#include <string>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"
#include "protocol/status.hpp"

namespace nbasync::ctl {

// So many of the recent runs are on the page.
inline constexpr unsigned kPageRuns = 10;

// The daemon's status as a page for people.
std::string status_text(const protocol::Status& status, SystemTime now, const Terminal& terminal);

}  // namespace nbasync::ctl
