#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int pause(Context& context) {
  context.client.pause();
  if (context.json) {
    print_json(context, {{"paused", true}});
  } else if (!context.quiet) {
    context.out << "the schedules are paused, also over restarts; 'nbasyncctl resume' ends it\n";
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_pause() {
  return {.examples = "  nbasyncctl pause  # also over restarts; sync still works\n",
          .action = pause};
}

}  // namespace nbasync::ctl
