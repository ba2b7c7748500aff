#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "bus/variant.hpp"
#include "model/changes_question.hpp"
#include "model/run_record.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// Of the arguments of Sync. Throws Error(kInvalidArgument) for an unknown option, a wrong type or a
// value out of range.
SyncRequest to_sync_request(const std::string& type, const VariantMap& options);

// The options of Backfill: whether a person may be asked for a password. Throws likewise.
bool to_interactive(const VariantMap& options);

// How long Wait waits, from seconds; nullopt: for 0, without end. Throws likewise.
std::optional<Duration> to_wait_limit(double seconds);

// The filter of ListRuns. Throws likewise.
RunFilter to_run_filter(const VariantMap& filter);

// The arguments of Changes. Throws likewise.
ChangesQuestion to_changes_question(std::uint64_t since, std::uint32_t limit,
                                    const VariantMap& filter);

}  // namespace nbasync
