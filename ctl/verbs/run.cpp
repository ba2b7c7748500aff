#include <memory>
#include <string>

#include "ctl/verbs/print.hpp"
#include "ctl/verbs/run_id.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/run_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Command define_run() {
  const auto written = std::make_shared<std::string>();
  const auto show = [written](Context& context) {
    const auto run_id =
        written->empty() ? last_run_id(context.client) : whole_run_id(context.client, *written);
    const auto run = context.client.run(run_id);
    if (context.json) {
      print_json(context, run.json);
    } else if (!context.quiet) {
      context.out << details_text(run.value, context.clock.wall(), context.out_terminal);
    }
    return protocol::kExitDone;
  };
  return {.options = {{.name = "RUN",
                       .help = "The run's id, or the beginning of it; default: the last run",
                       .place = written.get()}},
          .examples =
              "  nbasyncctl run\n"
              "  nbasyncctl run 5f3a1b2c  # the beginning of an id is enough\n",
          .action = show};
}

}  // namespace nbasync::ctl
