#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"
#include "protocol/game.hpp"

namespace nbasync::ctl {

// The games of a day as a table, live ones first, then by tip-off: teams with their records,
// scores, and how each stands, live ones with period and clock. Nothing for no games.
std::string games_text(const std::vector<protocol::Game>& games, SystemTime now,
                       const Terminal& terminal);

}  // namespace nbasync::ctl
