#include <csignal>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "base/format.hpp"
#include "ctl/verbs/interrupt.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/run_id.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/run_board.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/text.hpp"
#include "ctl/view/time_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

std::string ending_text(const RunRecord& run, const Terminal& terminal) {
  return format("{}: rows {}, in {}{}{}", coloured(run.status, terminal), rows_text(run),
                duration_text(run.duration_seconds), run.error_message.empty() ? "" : "; ",
                run.error_message);
}

// "12:00:04  5f3a1b2c  progress  45 %  game_logs".
std::string event_text(const Event& event, const Context& context) {
  const auto& told = event.told.value;
  const auto time = clock_text(context.clock.wall(), context.out_terminal);
  std::string words = told.sync_type;
  if (event.is(SyncEvent::Kind::kProgress)) {
    words = format("{:>3} %  {}", told.percent.value_or(0), told.step);
  } else if (event.is(SyncEvent::Kind::kChanges)) {
    words = format("{}: {} inserted, {} updated, {} deleted", told.table, told.inserted.value_or(0),
                   told.updated.value_or(0), told.deleted.value_or(0));
  } else if (told.run) {
    words += format("  {}", ending_text(*told.run, context.out_terminal));
  }
  return format("{}  {}  {:<8}  {}", time, short_id(told.run_id), event.name, words);
}

void print_event(Context& context, const Event& event) {
  if (context.json) {
    print_json_line(context, event.told.json, {"event", event.name});
  } else if (!context.quiet) {
    context.out << event_text(event, context) << std::endl;
  }
}

int watch_runs(Context& context, const std::string& written) {
  context.client.listen();
  const auto run_id = whole_run_id(context.client, written);
  const Interrupt interrupt;
  std::optional<RunBoard> board;
  if (context.out_terminal.is_terminal && !context.json && !context.quiet) {
    board.emplace(context.out, context.out_terminal, context.clock, run_id);
    board->show(context.client.status().value);
  }
  bool finished = false;
  const auto happened = [&](const Event& event) {
    const bool own = run_id.empty() || event.told->run_id == run_id;
    if (board) board->happened(event.name, event.told.value);
    if (!board && own) print_event(context, event);
    if (own) finished = event.is(SyncEvent::Kind::kFinished);
  };
  Follow how{.run_id = run_id, .stop_fd = interrupt.fd(), .on_event = happened};
  if (board) how.on_tick = [&] { board->draw(); };
  const auto ended = context.client.follow(how);
  if (!ended) return interrupt.signal() == SIGTERM ? protocol::kExitDone : 128 + SIGINT;
  if (!finished) happened(finished_event(*ended));  // it was over before
  return exit_code_of(ended->value);
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
          .action = [run](Context& context) { return watch_runs(context, *run); }};
}

}  // namespace nbasync::ctl
