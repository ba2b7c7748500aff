#include <CLI/CLI.hpp>

#include "ctl/command.hpp"
#include "ctl/print.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Action define_pause(CLI::App& app) {
  app.footer("  nbasyncctl pause  # also over restarts; sync still works\n");
  return [](Context& context) {
    context.client.pause();
    if (context.json) {
      print_json(context, {{"paused", true}});
    } else if (!context.quiet) {
      context.out << "the schedules are paused, also over restarts; 'nbasyncctl resume' ends it\n";
    }
    return protocol::kExitDone;
  };
}

}  // namespace nbasync::ctl
