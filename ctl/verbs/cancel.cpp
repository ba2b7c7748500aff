#include <memory>
#include <string>

#include "base/format.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/run_id.hpp"
#include "ctl/verbs/verb.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Command define_cancel() {
  const auto written = std::make_shared<std::string>();
  const auto cancel = [written](Context& context) {
    const auto run_id = whole_run_id(context.client, *written);
    context.client.cancel(run_id);
    if (context.json) {
      print_json(context, {{"run_id", run_id}, {"cancelled", true}});
    } else if (!context.quiet) {
      context.out << format("run {} is cancelled; its tables stay as they were\n", run_id);
    }
    return protocol::kExitDone;
  };
  return {.options = {{.name = "RUN",
                       .help = "The run's id, or the beginning of it",
                       .place = written.get(),
                       .required = true}},
          .examples = "  nbasyncctl cancel 5f3a1b2c  # the beginning of an id is enough\n",
          .action = cancel};
}

}  // namespace nbasync::ctl
