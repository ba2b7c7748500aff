#pragma once

#include <nlohmann/json_fwd.hpp>

#include "control/http_reply.hpp"
#include "model/run_record.hpp"

namespace nbasync {

// A run with all that is known of it, and `more` beside it: of a dry run also the rows that it
// would change.
HttpReply run_reply(const RunRecord& run, const nlohmann::json& more);

}  // namespace nbasync
