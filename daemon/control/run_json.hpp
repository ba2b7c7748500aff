#pragma once

#include <nlohmann/json.hpp>

#include "base/run_record.hpp"
#include "protocol/status.hpp"

namespace nbasync {

// A run with all that is known of it.
inline nlohmann::json run_json(const RunRecord& run) { return protocol::to_json(run); }

}  // namespace nbasync
