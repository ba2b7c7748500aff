#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/command.hpp"
#include "ctl/print.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Action define_version(CLI::App&) {
  return [](Context& context) {
    nlohmann::json versions{{"client", NBASYNC_VERSION}, {"daemon", nullptr}};
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
      context.out << format("nbasyncctl {}\nnbasyncd   {}\n", NBASYNC_VERSION, daemon);
    }
    return protocol::kExitDone;
  };
}

}  // namespace nbasync::ctl
