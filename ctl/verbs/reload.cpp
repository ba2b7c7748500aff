#include <string>

#include <CLI/CLI.hpp>

#include "base/format.hpp"
#include "ctl/command.hpp"
#include "ctl/fields.hpp"
#include "ctl/print.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int reload(Context& context) {
  context.client.reload();
  const auto configuration = context.client.status().value("configuration", nlohmann::json());
  if (context.json) {
    print_json(context, configuration);
  } else if (!context.quiet) {
    context.out << "the configuration is reloaded\n";
    const auto keys = words_at(configuration, "restart_needed");
    if (!keys.empty()) context.out << format("these changes wait for a restart: {}\n", keys);
  }
  return protocol::kExitDone;
}

}  // namespace

Action define_reload(CLI::App& app) {
  app.footer("  nbasyncctl reload  # a mistake is told with file, line and column\n");
  return reload;
}

}  // namespace nbasync::ctl
