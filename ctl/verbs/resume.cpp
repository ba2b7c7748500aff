#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int resume(Context& context) {
  context.client.resume();
  if (context.json) {
    print_json(context, {{"paused", false}});
  } else if (!context.quiet) {
    context.out << "the schedules go on; 'nbasyncctl schedules' shows what is next\n";
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_resume() {
  return {.examples = "  nbasyncctl resume  # what came due meanwhile is not made up for\n",
          .action = resume};
}

}  // namespace nbasync::ctl
