#pragma once

#include <optional>
#include <string>
#include <variant>

#include "model/run_record.hpp"
#include "schedule/schedule_spec.hpp"
#include "scheduler/schedule_turn.hpp"

namespace nbasync {

// From the end of a run that has failed to the try of this number, from 1 on.
Duration retry_delay(const RetryRule& rule, unsigned number);

// What comes after `run`, of this turn, which ended now without success: the next try, or why there
// is none, as a sentence. `next`: the schedule's next nominal time, which a retry never passes.
// Pure.
std::variant<RetryWaiting, std::string> after_failure(const ScheduleSpec& spec, const Turn& turn,
                                                      const RunRecord& run, SystemTime now,
                                                      std::optional<SystemTime> next);

}  // namespace nbasync
