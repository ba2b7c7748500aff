#pragma once

#include <functional>
#include <string>
#include <variant>

#include "base/result.hpp"
#include "sync/sync_front.hpp"

// What the front doors do alike with runs.
namespace nbasync {

inline constexpr unsigned kDefaultRuns = 20;  // in a list, when the caller does not say
inline constexpr unsigned kMostRuns = 1000;   // more are not listed

// Cancels a waiting or running run. `by`: who asks, for the log. `done` is told, in a turn of the
// loop of its own: kUnknownRun if none of that id waits or runs. Loop thread.
void cancel_run(SyncFront& service, const std::string& run_id, const std::string& by,
                std::function<void(const Result<std::monostate>&)> done);

}  // namespace nbasync
