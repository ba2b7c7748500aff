#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "ctl/command.hpp"
#include "ctl/print.hpp"
#include "ctl/schedule_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Action define_explain(CLI::App& app) {
  app.footer("  nbasyncctl explain nightly\n");
  const auto name = std::make_shared<std::string>();
  app.add_option("SCHEDULE", *name, "The schedule's name, as in 'nbasyncctl schedules'")
      ->required();
  return [name](Context& context) {
    const auto explanation = context.client.explain(*name);
    if (context.json) {
      print_json(context, explanation);
    } else if (!context.quiet) {
      context.out << explanation_text(explanation, context.clock.wall(), context.out_terminal);
    }
    return protocol::kExitDone;
  };
}

}  // namespace nbasync::ctl
