#pragma once

#include <vector>

#include "config/key.hpp"
#include "schedule/schedule_spec.hpp"

namespace nbasync {

// The list `schedules`, bound to `specs`, which must outlive it.
Key schedules(std::vector<ScheduleSpec>& specs);

}  // namespace nbasync
