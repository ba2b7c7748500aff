#pragma once

#include <string>

#include "sync/sync_request.hpp"

namespace nbasync {

// What POST /api/admin/sync asks for.
struct SyncBody {
  SyncRequest request;
  bool async = false;  // answer at admission, not at the end
};

// Reads the JSON object. Throws Error(kInvalidArgument) for what is no JSON, an unknown or missing
// key, a wrong type, a value out of range. What is null counts as not given.
SyncBody parse_sync_body(const std::string& text);

}  // namespace nbasync
