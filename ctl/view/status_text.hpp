#pragma once

#include <string>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"
#include "protocol/status.hpp"

namespace nbasync::ctl {

// So many of the recent runs are on the page where the height is not known, and at most.
inline constexpr unsigned kPageRuns = 10;
inline constexpr unsigned kAllRuns = 20;

// The daemon's status as a page for people: whether all is well, what to do if not, what comes
// next; then what runs and waits, the datasets, and as many runs as fit the terminal. all: with the
// schedules and all recent runs, whether they fit or not.
std::string status_text(const protocol::Status& status, SystemTime now, const Terminal& terminal,
                        bool all = false);

}  // namespace nbasync::ctl
