#include <CLI/CLI.hpp>

#include "ctl/command.hpp"
#include "ctl/print.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Action define_resume(CLI::App& app) {
  app.footer("  nbasyncctl resume  # what came due meanwhile is not made up for\n");
  return [](Context& context) {
    context.client.resume();
    if (context.json) {
      print_json(context, {{"paused", false}});
    } else if (!context.quiet) {
      context.out << "the schedules go on; 'nbasyncctl schedules' shows what is next\n";
    }
    return protocol::kExitDone;
  };
}

}  // namespace nbasync::ctl
