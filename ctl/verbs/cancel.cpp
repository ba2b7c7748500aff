#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "base/format.hpp"
#include "ctl/command.hpp"
#include "ctl/print.hpp"
#include "ctl/run_id.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Action define_cancel(CLI::App& app) {
  app.footer("  nbasyncctl cancel 5f3a1b2c  # the beginning of an id is enough\n");
  const auto written = std::make_shared<std::string>();
  app.add_option("RUN", *written, "The run's id, or the beginning of it")->required();
  return [written](Context& context) {
    const auto run_id = whole_run_id(context.client, *written);
    context.client.cancel(run_id);
    if (context.json) {
      print_json(context, {{"run_id", run_id}, {"cancelled", true}});
    } else if (!context.quiet) {
      context.out << format("run {} is cancelled; its tables stay as they were\n", run_id);
    }
    return protocol::kExitDone;
  };
}

}  // namespace nbasync::ctl
