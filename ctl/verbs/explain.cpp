#include <memory>
#include <string>

#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/schedule_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {

Command define_explain() {
  const auto name = std::make_shared<std::string>();
  const auto explain = [name](Context& context) {
    const auto explanation = context.client.explain(*name);
    if (context.json) {
      print_json(context, explanation.json);
    } else if (!context.quiet) {
      context.out << explanation_text(explanation.value, context.clock.wall(),
                                      context.out_terminal);
    }
    return protocol::kExitDone;
  };
  return {.options = {{.name = "SCHEDULE",
                       .help = "The schedule's name, as in 'nbasyncctl schedules'",
                       .place = name.get(),
                       .required = true}},
          .examples = "  nbasyncctl explain nightly\n",
          .action = explain};
}

}  // namespace nbasync::ctl
