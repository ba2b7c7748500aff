#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"

namespace nbasync::ctl {

// The daemon's status as a page for people.
std::string status_text(const nlohmann::json& status, SystemTime now, const Terminal& terminal);

}  // namespace nbasync::ctl
