#include <unistd.h>

#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/attachment.hpp"
#include "ctl/command.hpp"
#include "ctl/options.hpp"
#include "ctl/print.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int start(Context& context, const SyncWish& wish) {
  const auto [run_id, disposition] = context.client.sync(wish);
  if (context.json) {
    print_json(context, {{"run_id", run_id}, {"disposition", disposition}});
  } else if (context.quiet) {
    context.out << run_id << '\n';
  } else {
    context.out << format("{}: {}, run {}\n", wish.sync_type, disposition, run_id);
  }
  return protocol::kExitDone;
}

int start_and_wait(Context& context, const SyncWish& wish) {
  context.client.listen();  // before the call, so that no event is missed
  const auto admission = context.client.sync(wish);
  return attach(context, wish, admission);
}

}  // namespace

Action define_sync(CLI::App& app) {
  app.footer(
      "  nbasyncctl sync full                      # all data, one type after the other\n"
      "  nbasyncctl sync game_logs --if-busy join  # share the result of one that runs\n"
      "  nbasyncctl sync teams --dry-run --json    # what would change, row by row\n"
      "  nbasyncctl sync full --no-wait            # ask, print the run's id, and go on\n");
  struct Options {
    SyncWish wish;
    bool no_wait = false;
  };
  const auto options = std::make_shared<Options>();
  auto& wish = options->wish;
  app.add_option("TYPE", wish.sync_type,
                 "teams, schedule, season_stats, game_logs, todays_games, or full, which is all of "
                 "them in that order")
      ->required();
  app.add_option("--season", wish.season, "Season, like 2025-26, or auto")->type_name("SEASON");
  app.add_flag("--no-wait", options->no_wait, "Do not wait for the end: print the run's id");
  add_choice(app, "--if-busy", wish.if_busy, {"queue", "fail", "join"},
             "When another sync runs: wait in line, fail at once, or share the result of an "
             "identical one");
  add_duration(app, "--timeout", wish.timeout, "Wait at most so long for other syncs to end");
  add_duration(app, "--run-timeout", wish.run_timeout, "Cancel the sync when it runs longer");
  app.add_flag("--dry-run", wish.dry_run, "Fetch and count, but write nothing");
  app.add_flag("--force", wish.force, "Write also what upstream has not changed");
  return [options](Context& context) {
    options->wish.interactive = isatty(STDIN_FILENO) == 1;
    return options->no_wait ? start(context, options->wish)
                            : start_and_wait(context, options->wish);
  };
}

}  // namespace nbasync::ctl
