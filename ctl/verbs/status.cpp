#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "base/format.hpp"
#include "ctl/command.hpp"
#include "ctl/fields.hpp"
#include "ctl/print.hpp"
#include "ctl/status_text.hpp"
#include "ctl/status_watch.hpp"
#include "ctl/text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

// "game_logs is stale: last success 2 d ago, 2026-01-13 09:00:00 UTC; at most 1 d 00 h".
std::string stale_text(const json& dataset, SystemTime now) {
  const auto last = time_at(dataset, "last_success");
  const auto limit = number_at(dataset, "stale_after_seconds");
  return format("{} is stale: {}{}\n", text_at(dataset, "name"),
                last ? format("last success {}, {}", ago_text(*last, now), time_text(*last))
                     : "no success yet",
                limit ? format("; it may be {} old", duration_text(*limit)) : "");
}

int check(Context& context) {
  const auto status = context.client.status();
  auto stale = json::array();
  for (const auto& dataset : list_at(status, "datasets")) {
    if (flag_at(dataset, "stale")) stale.push_back(dataset);
  }
  if (context.json) {
    print_json(context, {{"fresh", stale.empty()}, {"stale", stale}});
  } else if (!context.quiet) {
    const auto now = context.clock.wall();
    for (const auto& dataset : stale) context.out << stale_text(dataset, now);
    if (stale.empty()) context.out << "all data is fresh\n";
  }
  return stale.empty() ? protocol::kExitDone : protocol::kExitStale;
}

int show(Context& context) {
  if (context.json) {
    print_json(context, context.client.status());
    return protocol::kExitDone;
  }
  const auto status = context.client.page();
  if (!context.quiet) {
    context.out << status_text(status, context.clock.wall(), context.out_terminal);
  }
  return protocol::kExitDone;
}

}  // namespace

Action define_status(CLI::App& app) {
  app.footer(
      "  nbasyncctl status\n"
      "  nbasyncctl status --watch                 # until Ctrl-C\n"
      "  nbasyncctl status --check -q || echo stale\n"
      "  nbasyncctl status --json | jq .current_sync\n");
  struct Options {
    bool check = false;
    bool watch = false;
  };
  const auto options = std::make_shared<Options>();
  auto* check_flag = app.add_flag("--check", options->check,
                                  "Only tell which data is stale; exit with 9 when some is");
  app.add_flag("--watch", options->watch, "Show it until Ctrl-C, as it changes")
      ->excludes(check_flag);
  return [options](Context& context) {
    return options->check ? check(context) : options->watch ? watch_status(context) : show(context);
  };
}

}  // namespace nbasync::ctl
