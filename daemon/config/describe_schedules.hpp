#pragma once

#include <vector>

#include "config/codec.hpp"
#include "config/key.hpp"
#include "schedule/schedule_spec.hpp"

namespace nbasync {

// A cron expression.
Codec<Cron> cron();

// The list `schedules`, bound to `specs`, which must outlive it.
Key schedules(std::vector<ScheduleSpec>& specs);

}  // namespace nbasync
