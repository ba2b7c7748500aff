#pragma once

#include <string>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"
#include "protocol/backfill.hpp"

namespace nbasync::ctl {

// "2015-16..2024-25: 3 of 10 seasons, 2021-22 now", and what it waits for.
std::string backfill_line(const protocol::BackfillState& backfill);

// The same, with a table of the seasons beneath it.
std::string backfill_text(const protocol::BackfillState& backfill, SystemTime now,
                          const Terminal& terminal);

}  // namespace nbasync::ctl
