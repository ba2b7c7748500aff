#include "ctl/command.hpp"
#include "ctl/print.hpp"
#include "ctl/status_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Action define_status(CLI::App&) {
  return [](Context& context) {
    const auto status = context.client.status();
    if (context.json) {
      print_json(context, status);
    } else if (!context.quiet) {
      context.out << status_text(status, context.clock.wall(), context.out_terminal);
    }
    return protocol::kExitDone;
  };
}

}  // namespace nbasync::ctl
