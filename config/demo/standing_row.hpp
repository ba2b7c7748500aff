#pragma once

#include <vector>

#include "demo/result_set.hpp"
#include "demo/team_record.hpp"

namespace nbasync::demo {

// The one row of `record` in the standings of `all`, with its headers.
Table standing_row(const std::vector<TeamRecord>& all, const TeamRecord& record);

}  // namespace nbasync::demo
