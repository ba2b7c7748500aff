#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"
#include "protocol/schedules.hpp"

// Schedules in words.
namespace nbasync::ctl {

// A table like that of `systemctl list-timers`, with why under each row.
std::string schedules_text(const std::vector<protocol::ScheduleState>& schedules, SystemTime now,
                           const Terminal& terminal);

// The same for the page of the status: name, type, next, last, result.
std::string brief_schedules_text(const std::vector<protocol::ScheduleState>& schedules,
                                 SystemTime now, const Terminal& terminal);

// One schedule: a sentence, then its rule, next time and the reasons for it, and what it decided
// last.
std::string explanation_text(const protocol::Explanation& explanation, SystemTime now,
                             const Terminal& terminal);

}  // namespace nbasync::ctl
