#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"

namespace nbasync::ctl {
namespace {

int show_versions(Context& context) {
  Member told{"daemon", nullptr};
  std::string daemon;
  try {
    daemon = context.client.version();
    told.value = daemon;
  } catch (const Error& error) {
    daemon = format("unknown: {}", error.what());
  }
  if (context.json) {
    print_json(context, {{"client", protocol::kVersion}, told});
  } else {
    context.out << format("nbasyncctl {}\nnbasyncd   {}\n", protocol::kVersion, daemon);
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_version() { return {.examples = "  nbasyncctl version\n", .action = show_versions}; }

}  // namespace nbasync::ctl
