#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "sync/sync_request.hpp"

namespace nbasync {

// What POST /api/admin/sync asks for: reads the JSON object. Throws Error(kInvalidArgument) for
// what is no JSON, an unknown or missing key, a wrong type, a value out of range. What is null
// counts as not given.
SyncRequest parse_sync_body(const std::string& text);

// The JSON Schema of it.
nlohmann::json sync_body_schema();

}  // namespace nbasync
