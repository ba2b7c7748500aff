#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "base/format.hpp"
#include "ctl/command.hpp"
#include "ctl/fields.hpp"
#include "ctl/games_text.hpp"
#include "ctl/print.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int show_games(Context& context, const std::string& date) {
  const bool today = date.empty() || date == "today";
  const auto games = context.client.games(today ? std::nullopt : std::optional(date));
  if (context.json) {
    print_json(context, games);
  } else if (context.quiet) {
    for (const auto& game : games) context.out << text_at(game, "id") << '\n';
  } else if (games.empty()) {
    context.out << format("no games {}\n", today ? "today" : "on " + date);
  } else {
    context.out << games_text(games, context.clock.wall(), context.out_terminal);
  }
  return protocol::kExitDone;
}

}  // namespace

Action define_games(CLI::App& app) {
  app.footer(
      "  nbasyncctl games\n"
      "  nbasyncctl games 2026-01-15\n"
      "  nbasyncctl games --json | jq -r '.[].status'\n");
  const auto date = std::make_shared<std::string>();
  app.add_option("DATE", *date, "The league's day, like 2026-01-15; default: today, in New York");
  return [date](Context& context) { return show_games(context, *date); };
}

}  // namespace nbasync::ctl
