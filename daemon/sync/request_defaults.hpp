#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "sync/service_options.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// The season that is kept in step now: "2025-26". Pure.
std::string season_in_force(const std::string& configured, SystemTime now);

// Why this cannot be synced, a sentence; nothing if it can: a season from the first one to the
// next. Pure.
std::optional<std::string> season_problem(const std::string& season, SystemTime now);

// Fills in what the request does not say. Pure.
void complete(SyncRequest& request, const ServiceOptions& options, SystemTime now);

// Why a complete request cannot be carried out, whatever else goes on; nothing if it can. Pure.
std::optional<Refusal> refusal_of(const SyncRequest& request, SystemTime now);

}  // namespace nbasync
