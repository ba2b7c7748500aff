#include <memory>
#include <string>

#include "base/format.hpp"
#include "ctl/verbs/interrupt.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/run_id.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/fields.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

std::string ending_text(const json& run, const Terminal& terminal) {
  const auto status = text_at(run, "status");
  const auto message = text_at(run, "error_message");
  return format("{}: rows {}, in {}{}{}", terminal.paint(colour_of(status), status), rows_text(run),
                duration_text(number_at(run, "duration_seconds").value_or(0)),
                message.empty() ? "" : "; ", message);
}

// "12:00:04  5f3a1b2c  progress  45 %  game_logs".
std::string event_text(const Event& event, const Context& context) {
  const auto time = format_utc(context.clock.wall()).substr(11, 8);
  std::string words = text_at(event.data, "sync_type");
  if (event.name == "progress") {
    words = format("{:>3} %  {}", count_at(event.data, "percent"), text_at(event.data, "step"));
  } else if (event.name == "finished") {
    words += format("  {}", ending_text(event.data.value("run", json()), context.out_terminal));
  }
  return format("{}  {}  {:<8}  {}", time, short_id(event.data), event.name, words);
}

void print_event(Context& context, const Event& event) {
  if (context.json) {
    auto line = event.data;
    line["event"] = event.name;
    print_json_line(context, line);
  } else if (!context.quiet) {
    context.out << event_text(event, context) << std::endl;
  }
}

int watch(Context& context, const std::string& written) {
  context.client.listen();
  const auto run_id = whole_run_id(context.client, written);
  const Interrupt interrupt;
  bool finished = false;
  const auto ended = context.client.follow(
      {.run_id = run_id, .stop_fd = interrupt.fd(), .on_event = [&](const Event& event) {
         if (!run_id.empty() && text_at(event.data, "run_id") != run_id) return;
         print_event(context, event);
         finished = event.name == "finished";
       }});
  if (!ended) return interrupt.signal() == SIGTERM ? protocol::kExitDone : 128 + SIGINT;
  if (!finished) {  // it was over before
    print_event(context, {"finished",
                          {{"run_id", run_id},
                           {"sync_type", ended->value("sync_type", "")},
                           {"status", ended->value("status", "")},
                           {"run", *ended}}});
  }
  return exit_code_of(*ended);
}

}  // namespace

Command define_watch() {
  const auto run = std::make_shared<std::string>();
  return {.options = {{.name = "RUN",
                       .help = "Only this run, until it ends: its id, or the beginning of it",
                       .place = run.get()}},
          .examples =
              "  nbasyncctl watch           # all of them, until Ctrl-C\n"
              "  nbasyncctl watch 5f3a1b2c  # one, until it ends; the exit status tells how\n",
          .action = [run](Context& context) { return watch(context, *run); }};
}

}  // namespace nbasync::ctl
