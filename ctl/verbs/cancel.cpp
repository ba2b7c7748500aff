#include <memory>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/run_id.hpp"
#include "ctl/verbs/verb.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

namespace {

// Of a run that is over, how it ended is told, and not only that it does not run.
void cancel_run(Client& client, const std::string& run_id) {
  try {
    client.cancel(run_id);
  } catch (const Error& error) {
    if (error.code() != Errc::kUnknownRun) throw;
    const auto run = client.run(run_id);  // throws that there is none
    if (!has_ended(run->status)) throw;
    throw Error(error.code(), format("run {} has ended already: {}; there is nothing to cancel",
                                     run_id, to_string(run->status)));
  }
}

}  // namespace

Command define_cancel() {
  const auto written = std::make_shared<std::string>();
  const auto cancel = [written](Context& context) {
    const auto run_id = whole_run_id(context.client, *written);
    cancel_run(context.client, run_id);
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
