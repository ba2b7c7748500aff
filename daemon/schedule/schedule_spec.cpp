#include "schedule/schedule_spec.hpp"

#include "base/duration.hpp"
#include "base/format.hpp"

namespace nbasync {

std::string describe(const ScheduleSpec& spec) {
  if (spec.cron) return Schedule(*spec.cron, spec.zone).describe();
  if (spec.live) {
    return format("live every {}, from {} before tip-off", format_duration(spec.live->every),
                  format_duration(spec.live->before_tipoff));
  }
  return format("every {}{}", format_duration(spec.every.value_or(Duration{})),
                spec.aligned ? "" : " from the end of the last run");
}

}  // namespace nbasync
