#include <memory>
#include <optional>
#include <string>

#include "base/format.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/games_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int show_games(Context& context, const std::string& date) {
  const bool today = date.empty() || date == "today";
  const auto games = context.client.games(today ? std::nullopt : std::optional(date));
  if (context.json) {
    print_json(context, games.json);
  } else if (context.quiet) {
    for (const auto& game : games.value) context.out << game.id << '\n';
  } else if (games->empty()) {
    context.out << format("no games {}\n", today ? "today" : "on " + date);
  } else {
    context.out << games_text(games.value, context.clock.wall(), context.out_terminal);
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_games() {
  const auto date = std::make_shared<std::string>();
  return {.options = {{.name = "DATE",
                       .help = "The league's day, like 2026-01-15; default: today, in New York",
                       .place = date.get()}},
          .examples =
              "  nbasyncctl games\n"
              "  nbasyncctl games 2026-01-15\n"
              "  nbasyncctl games --json | jq -r '.[].status'\n",
          .action = [date](Context& context) { return show_games(context, *date); }};
}

}  // namespace nbasync::ctl
