#include <memory>
#include <optional>
#include <string>

#include "base/format.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/standings_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int show_standings(Context& context, const std::string& season) {
  const auto standings =
      context.client.standings(season.empty() ? std::nullopt : std::optional(season));
  if (context.json) {
    print_json(context, standings.json);
  } else if (context.quiet) {
    for (const auto& team : standings.value) context.out << team.team_id << '\n';
  } else if (standings->empty()) {
    context.out << format("no standings {}; 'nbasyncctl sync teams{}' fetches them\n",
                          season.empty() ? "yet" : "of " + season,
                          season.empty() ? "" : " --season " + season);
  } else {
    context.out << standings_text(standings.value, context.out_terminal);
  }
  return protocol::kExitDone;
}

}  // namespace

Command define_standings() {
  const auto season = std::make_shared<std::string>();
  return {.options = {{.name = "SEASON",
                       .help = "Like 2025-26; default: the newest one there is",
                       .place = season.get()}},
          .examples =
              "  nbasyncctl standings\n"
              "  nbasyncctl standings 2015-16\n",
          .action = [season](Context& context) { return show_standings(context, *season); }};
}

}  // namespace nbasync::ctl
