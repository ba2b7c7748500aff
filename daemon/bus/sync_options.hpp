#pragma once

#include <string>

#include "bus/variant.hpp"
#include "model/run_record.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// Of the arguments of Sync. Throws Error(kInvalidArgument) for an unknown option, a wrong type or a
// value out of range.
SyncRequest to_sync_request(const std::string& type, const VariantMap& options);

// The filter of ListRuns. Throws likewise.
RunFilter to_run_filter(const VariantMap& filter);

}  // namespace nbasync
