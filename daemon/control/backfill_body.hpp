#pragma once

#include <string>

#include "protocol/backfill.hpp"

namespace nbasync {

// What POST /api/v1/backfill asks for: reads the JSON object. Throws Error(kInvalidArgument) for
// what is no JSON, an unknown or missing key, a wrong type.
protocol::BackfillWish parse_backfill_body(const std::string& text);

}  // namespace nbasync
