#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include "base/format.hpp"
#include "ctl/verbs/interrupt.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/verbs/written_file.hpp"
#include "ctl/view/text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int take_snapshot(Context& context, const std::string& path) {
  const Interrupt interrupt;  // so that no part of a file stays
  WrittenFile file(path);
  std::int64_t bytes = 0;
  context.client.snapshot(interrupt.fd(), [&](std::string_view part) {
    file.write(part);
    bytes += static_cast<std::int64_t>(part.size());
  });
  file.keep();
  if (context.json) {
    print_json(context, {{"file", path}, {"bytes", bytes}});
  } else if (!context.quiet) {
    context.out << format("{}: {}\n", path, bytes_text(bytes));
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_snapshot() {
  const auto path = std::make_shared<std::string>();
  return {.options = {{.name = "FILE",
                       .help = "Written here, whole or not at all; one that is there is replaced",
                       .place = path.get(),
                       .required = true}},
          .examples =
              "  nbasyncctl snapshot nba.db\n"
              "  nbasyncctl snapshot \"nba-$(date +%F).db\"\n",
          .action = [path](Context& context) { return take_snapshot(context, *path); }};
}

}  // namespace nbasync::ctl
