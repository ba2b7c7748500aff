#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/verbs/watched_screen.hpp"
#include "ctl/view/status_text.hpp"
#include "ctl/view/text.hpp"
#include "ctl/view/time_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

// "game_logs is stale: last success 2 d ago, 2026-01-13 09:00:00 UTC; it may be 1 d 00 h old".
std::string stale_text(const protocol::DatasetState& dataset, SystemTime now,
                       const Terminal& terminal) {
  const auto& last = dataset.last_success;
  const auto& limit = dataset.stale_after_seconds;
  return format(
      "{} is stale: {}{}\n", dataset.name,
      last ? format("last success {}, {}", ago_text(*last, now), time_text(*last, terminal))
           : "no success yet",
      limit ? format("; it may be {} old", duration_text(*limit)) : "");
}

int check(Context& context) {
  const auto now = context.clock.wall();
  const auto datasets = part_of(context.client.status(), &Status::datasets);
  std::vector<Json> stale;
  std::string text;
  for (std::size_t i = 0; i < datasets->size(); ++i) {
    const auto& dataset = datasets->at(i);
    if (!dataset.stale) continue;
    stale.push_back(item_of(datasets.json, i));
    text += stale_text(dataset, now, context.out_terminal);
  }
  const bool fresh = stale.empty();
  if (context.json) {
    print_json(context, {{"fresh", fresh}, {"stale", std::move(stale)}});
  } else if (!context.quiet) {
    context.out << (fresh ? "all data is fresh\n" : text);
  }
  return fresh ? protocol::kExitDone : protocol::kExitStale;
}

int show_page(Context& context, bool all) {
  if (context.json) {
    print_json(context, context.client.status().json);
    return protocol::kExitDone;
  }
  const auto status = context.client.page(kAllRuns);
  if (!context.quiet) {
    context.out << status_text(status.value, context.clock.wall(), context.out_terminal, all);
  }
  return protocol::kExitDone;
}

int watch_page(Context& context, bool all) {
  return watch_screen(
      context, {[&context, all]() -> Watched::State {
        const auto status = context.client.page(kAllRuns);
        auto compared = *status.json;
        // They grow older with each second.
        if (compared.contains("datasets")) {
          for (auto& dataset : compared["datasets"]) dataset.erase("age_seconds");
        }
        return {status_text(status.value, context.clock.wall(), context.out_terminal, all),
                compared.dump(), status.json};
      }});
}

}  // namespace

Command define_status() {
  struct Flags {
    bool check = false;
    bool watch = false;
    bool all = false;
  };
  const auto flags = std::make_shared<Flags>();
  return {.options = {{.name = "--check",
                       .help = "Only tell which data is stale; exit with 9 when some is",
                       .place = &flags->check},
                      {.name = "--all",
                       .help = "Also the schedules and all recent syncs, whether they fit or not",
                       .place = &flags->all,
                       .not_with = {"--check"}},
                      {.name = "--watch",
                       .help = "Show it until Ctrl-C, as it changes",
                       .place = &flags->watch,
                       .not_with = {"--check"}}},
          .examples =
              "  nbasyncctl status\n"
              "  nbasyncctl status --all                   # schedules and more runs, too\n"
              "  nbasyncctl status --watch                 # until Ctrl-C\n"
              "  nbasyncctl status --check -q || echo stale\n"
              "  nbasyncctl status --json | jq .current_sync\n",
          .action = [flags](Context& context) {
            return flags->check   ? check(context)
                   : flags->watch ? watch_page(context, flags->all)
                                  : show_page(context, flags->all);
          }};
}

}  // namespace nbasync::ctl
