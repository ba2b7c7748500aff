#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/data_change.hpp"
#include "model/run_record.hpp"
#include "outlet/hook_options.hpp"
#include "protocol/hook.hpp"

// What a hook is told, and whether it is told. Pure.
namespace nbasync {

// How many runs a call names; of more it tells the number.
inline constexpr std::size_t kRunsOfACall = 20;

// Whether a run that has made these changes is one to tell.
bool fires(const HookOptions& hook, const std::vector<DataChange>& changes);

// `changes`: of this run, in their order; at least one.
protocol::HookCall make_call(const std::string& hook, const RunRecord& run,
                             const std::vector<DataChange>& changes);

// Both in one: nothing of either is lost but the names of the oldest runs. The earlier one may be
// empty, as it was made.
protocol::HookCall merged(protocol::HookCall earlier, const protocol::HookCall& later);

}  // namespace nbasync
