#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/verbs/attachment.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "model/sync_wish.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

int start(Context& context, const SyncWish& wish) {
  const auto admission = context.client.sync(wish);
  const std::string disposition(to_string(admission.disposition));
  if (context.json) {
    print_json(context, {{"run_id", admission.run_id}, {"disposition", disposition}});
  } else if (context.quiet) {
    context.out << admission.run_id << '\n';
  } else {
    context.out << format("{}: {}, run {}\n", wish.sync_type, disposition, admission.run_id);
  }
  return protocol::kExitDone;
}

int start_and_wait(Context& context, const SyncWish& wish) {
  context.client.listen();  // before the call, so that no event is missed
  const auto admission = context.client.sync(wish);
  return attach(context, wish, admission);
}

std::string upper(std::string_view name) {
  std::string text(name);
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

// "run_timeout" as the command line has it: "--run-timeout".
std::string dashed(std::string_view name) {
  auto text = format("--{}", name);
  std::ranges::replace(text, '_', '-');
  return text;
}

Option option_of(const SyncOption& option, std::string& member) {
  return {.name = dashed(option.name),
          .help = option.help,
          .place = &member,
          .value = upper(option.name)};
}

template <typename Place>
Option option_of(const SyncOption& option, Place& member) {
  return {.name = dashed(option.name), .help = option.help, .place = &member};
}

template <Worded Enum>
Option option_of(const SyncOption& option, std::optional<Enum>& member) {
  const auto take = [&member](std::string_view word) {
    member = parse_word<Enum>(word);
    return member.has_value();
  };
  return {
      .name = dashed(option.name), .help = option.help, .place = take, .words = words_of<Enum>()};
}

}  // namespace

Command define_sync() {
  struct Parsed {
    SyncWish wish;
    bool no_wait = false;
  };
  const auto parsed = std::make_shared<Parsed>();
  const auto sync = [parsed](Context& context) {
    parsed->wish.interactive = isatty(STDIN_FILENO) == 1;
    return parsed->no_wait ? start(context, parsed->wish) : start_and_wait(context, parsed->wish);
  };
  std::vector<Option> options{
      {.name = "TYPE",
       .help = "teams, schedule, season_stats, game_logs, todays_games, players, player_game_logs, "
               "player_season_stats, or full, which is all of them in that order",
       .place = &parsed->wish.sync_type,
       .required = true}};
  visit_options(parsed->wish, [&](const SyncOption& option, auto& member) {
    if ((option.doors & kClientDoor) != 0) options.push_back(option_of(option, member));
  });
  options.push_back({.name = "--no-wait",
                     .help = "Do not wait for the end: print the run's id",
                     .place = &parsed->no_wait});
  return {.options = std::move(options),
          .examples =
              "  nbasyncctl sync full                      # all data, one type after the other\n"
              "  nbasyncctl sync game_logs --if-busy join  # share the result of one that runs\n"
              "  nbasyncctl sync teams --dry-run --json    # what would change, row by row\n"
              "  nbasyncctl sync full --no-wait            # ask, print the run's id, and go on\n",
          .action = sync};
}

}  // namespace nbasync::ctl
