#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/run_record.hpp"

namespace nbasync {

// A run with all that is known of it: of a dry run also `changes`, the rows that it would change,
// and `changes_truncated`.
nlohmann::json run_json(const RunRecord& run);

}  // namespace nbasync
