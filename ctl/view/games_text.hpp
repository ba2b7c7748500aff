#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"

namespace nbasync::ctl {

// The games of a day as a table: teams, scores, and how each stands, live ones with period and
// clock. Nothing for no games.
std::string games_text(const nlohmann::json& games, SystemTime now, const Terminal& terminal);

}  // namespace nbasync::ctl
