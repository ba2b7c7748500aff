#pragma once

#include <string>

#include "bus/variant.hpp"
#include "model/run_record.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// What a call of D-Bus's Sync asks for.
struct SyncWish {
  SyncRequest request;
  bool interactive = false;  // a person may be asked for a password
};

// Of its arguments. Throws Error(kInvalidArgument) for an unknown option, a wrong type or a value
// out of range.
SyncWish to_sync_wish(const std::string& type, const VariantMap& options);

// The filter of ListRuns. Throws likewise.
RunFilter to_run_filter(const VariantMap& filter);

}  // namespace nbasync
