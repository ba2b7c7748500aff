#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "ctl/command.hpp"
#include "ctl/print.hpp"
#include "ctl/run_id.hpp"
#include "ctl/run_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Action define_run(CLI::App& app) {
  app.footer("  nbasyncctl run 5f3a1b2c  # the beginning of an id is enough\n");
  const auto written = std::make_shared<std::string>();
  app.add_option("RUN", *written, "The run's id, or the beginning of it")->required();
  return [written](Context& context) {
    const auto run = context.client.run(whole_run_id(context.client, *written));
    if (context.json) {
      print_json(context, run);
    } else if (!context.quiet) {
      context.out << details_text(run, context.clock.wall(), context.out_terminal);
    }
    return protocol::kExitDone;
  };
}

}  // namespace nbasync::ctl
