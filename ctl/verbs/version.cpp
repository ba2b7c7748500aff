#include <string>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/command.hpp"
#include "ctl/print.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"

namespace nbasync::ctl {

Action define_version(CLI::App& app) {
  app.footer("  nbasyncctl version\n");
  return [](Context& context) {
    nlohmann::json versions{{"client", protocol::kVersion}, {"daemon", nullptr}};
    std::string daemon;
    try {
      daemon = context.client.version();
      versions["daemon"] = daemon;
    } catch (const Error& error) {
      daemon = format("unknown: {}", error.what());
    }
    if (context.json) {
      print_json(context, versions);
    } else {
      context.out << format("nbasyncctl {}\nnbasyncd   {}\n", protocol::kVersion, daemon);
    }
    return protocol::kExitDone;
  };
}

}  // namespace nbasync::ctl
