#include <string>

#include "base/format.hpp"
#include "base/text.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int reload(Context& context) {
  context.client.reload();
  const auto configuration = part_of(context.client.status(), &Status::configuration);
  if (context.json) {
    print_json(context, configuration.json);
  } else if (!context.quiet) {
    context.out << "the configuration is reloaded\n";
    const auto& keys = configuration->restart_needed;
    if (!keys.empty()) {
      context.out << format("these changes wait for a restart: {}\n", joined(keys));
    }
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_reload() {
  return {.examples = "  nbasyncctl reload  # a mistake is told with file, line and column\n",
          .action = reload};
}

}  // namespace nbasync::ctl
