#include <memory>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/verbs/watched_screen.hpp"
#include "ctl/view/games_text.hpp"
#include "ctl/view/time_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

struct WantedGames {
  std::string date;
  bool watch = false;
};

// The day to ask for; nullopt: today, which the daemon knows itself.
std::optional<std::string> day_of(const std::string& date, SystemTime now) {
  if (date.empty() || date == "today") return std::nullopt;
  if (date == "yesterday") return league_date(now, -1);
  return date == "tomorrow" ? league_date(now, 1) : date;
}

std::string games_page(const std::vector<Game>& games, const std::string& date, Context& context) {
  if (!games.empty()) return games_text(games, context.clock.wall(), context.out_terminal);
  const bool is_word = date == "today" || date == "yesterday" || date == "tomorrow";
  return format("no games {}\n", date.empty() ? "today" : is_word ? date : "on " + date);
}

int show_games(Context& context, const std::string& date) {
  const auto games = context.client.games(day_of(date, context.clock.wall()));
  if (context.json) {
    print_json(context, games.json);
  } else if (context.quiet) {
    for (const auto& game : games.value) context.out << game.id << '\n';
  } else {
    context.out << games_page(games.value, date, context);
  }
  return protocol::kExitDone;
}

int watch_games(Context& context, const std::string& date) {
  return watch_screen(
      context, {[&]() -> Watched::State {
        const auto games = context.client.games(day_of(date, context.clock.wall()));
        return {games_page(games.value, date, context), games.json->dump(), games.json};
      }});
}

}  // namespace

Command define_games() {
  const auto wanted = std::make_shared<WantedGames>();
  return {.options = {{.name = "DATE",
                       .help = "The league's day: today, yesterday, tomorrow, or like 2026-01-15; "
                               "default: today, in New York",
                       .place = &wanted->date},
                      {.name = "--watch",
                       .help = "Show them until Ctrl-C, as they change",
                       .place = &wanted->watch}},
          .examples =
              "  nbasyncctl games\n"
              "  nbasyncctl games --watch\n"
              "  nbasyncctl games 2026-01-15\n"
              "  nbasyncctl games --json | jq -r '.[].status'\n",
          .action = [wanted](Context& context) {
            return wanted->watch ? watch_games(context, wanted->date)
                                 : show_games(context, wanted->date);
          }};
}

}  // namespace nbasync::ctl
