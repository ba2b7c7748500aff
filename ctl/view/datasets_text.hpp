#pragma once

#include <string>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"
#include "protocol/status.hpp"

namespace nbasync::ctl {

// A line a dataset: rows, newest day, age of the last success, and how that is: fresh, stale, under
// way. Empty for none.
std::string datasets_text(const protocol::Status& status, SystemTime now, const Terminal& terminal);

}  // namespace nbasync::ctl
