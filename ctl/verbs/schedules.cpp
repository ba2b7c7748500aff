#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/schedule_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int list_schedules(Context& context) {
  const auto status = context.client.status();
  const auto& schedules = status->schedules;
  if (context.json) {
    print_json(context, part_of(status, &Status::schedules).json);
  } else if (context.quiet) {
    for (const auto& schedule : schedules) context.out << schedule.name << '\n';
  } else if (schedules.empty()) {
    context.out << "no schedules; see 'schedules' in nbasyncd.yaml(5)\n";
  } else {
    context.out << schedules_text(schedules, context.clock.wall(), context.out_terminal);
    if (status->paused) {
      context.out << "\nThe schedules are paused; 'nbasyncctl resume' ends it.\n";
    }
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_schedules() {
  return {.examples = "  nbasyncctl schedules\n", .action = list_schedules};
}

}  // namespace nbasync::ctl
