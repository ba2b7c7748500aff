#pragma once

#include <cstdint>
#include <string_view>

namespace nbasync {

// The state or province that a team of today plays in; empty for an id that is none of the 30.
std::string_view state_of_team(std::int64_t team_id);

}  // namespace nbasync
