#include <unistd.h>

#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/verbs/attachment.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
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

Command define_sync() {
  struct Options {
    SyncWish wish;
    bool no_wait = false;
  };
  const auto options = std::make_shared<Options>();
  auto& wish = options->wish;
  const auto sync = [options](Context& context) {
    options->wish.interactive = isatty(STDIN_FILENO) == 1;
    return options->no_wait ? start(context, options->wish)
                            : start_and_wait(context, options->wish);
  };
  return {
      .options =
          {{.name = "TYPE",
            .help = "teams, schedule, season_stats, game_logs, todays_games, or full, which is all "
                    "of them in that order",
            .place = &wish.sync_type,
            .required = true},
           {.name = "--season",
            .help = "Season, like 2025-26, or auto",
            .place = &wish.season,
            .value = "SEASON"},
           {.name = "--no-wait",
            .help = "Do not wait for the end: print the run's id",
            .place = &options->no_wait},
           {.name = "--if-busy",
            .help = "When another sync runs: wait in line, fail at once, or share the result of an "
                    "identical one",
            .place = &wish.if_busy,
            .words = {"queue", "fail", "join"}},
           {.name = "--timeout",
            .help = "Wait at most so long for other syncs to end",
            .place = &wish.timeout},
           {.name = "--run-timeout",
            .help = "Cancel the sync when it runs longer",
            .place = &wish.run_timeout},
           {.name = "--dry-run",
            .help = "Fetch and count, but write nothing",
            .place = &wish.dry_run},
           {.name = "--force",
            .help = "Write also what upstream has not changed",
            .place = &wish.force}},
      .examples =
          "  nbasyncctl sync full                      # all data, one type after the other\n"
          "  nbasyncctl sync game_logs --if-busy join  # share the result of one that runs\n"
          "  nbasyncctl sync teams --dry-run --json    # what would change, row by row\n"
          "  nbasyncctl sync full --no-wait            # ask, print the run's id, and go on\n",
      .action = sync};
}

}  // namespace nbasync::ctl
