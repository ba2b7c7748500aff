#include "ctl/view/status_text.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/format.hpp"
#include "ctl/transport/client.hpp"
#include "ctl/view/block.hpp"
#include "ctl/view/fields.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/schedule_text.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

std::string by(const json& sync) {
  const auto who = text_at(sync, "triggered_by");
  return who.empty() ? "" : ", asked by " + who;
}

// "run 5f3a1b2c, for 12 s, asked by http"; time and asker only where known.
std::string origin(const json& sync, const char* time, SystemTime now) {
  const auto when = time_at(sync, time);
  return format("run {}{}{}", short_id(sync), when ? format(", for {}", age_text(*when, now)) : "",
                by(sync));
}

std::string running_text(const json& current, SystemTime now, const Terminal& terminal) {
  Block block("Running", terminal);
  const auto percent = static_cast<unsigned>(count_at(current, "percent"));
  block.add(format("{} {}  {} {} %  {}", text_at(current, "sync_type"), text_at(current, "season"),
                   bar_text(percent), percent, text_at(current, "step")));
  block.add(origin(current, "started_at", now));
  return block.text();
}

std::string waiting_text(const json& queue, SystemTime now, const Terminal& terminal) {
  Block block("Waiting", terminal);
  for (const auto& sync : queue) {
    block.add(format("{}, {}; {}", text_at(sync, "sync_type"),
                     position_text(static_cast<std::uint64_t>(count_at(sync, "position"))),
                     origin(sync, "requested_at", now)));
  }
  return block.text();
}

std::string upstream_text(const json& hosts, const Terminal& terminal) {
  Block block("Upstream", terminal);
  for (const auto& host : hosts) {
    const auto state = text_at(host, "state");
    if (state != "ok") {
      block.add(format("{}: {}", text_at(host, "host"), state), Colour::kYellow);
    }
  }
  return block.text();
}

// What is wrong with the configuration, or waits for a restart.
std::string configuration_text(const json& configuration, const Terminal& terminal) {
  Block block("Config", terminal);
  const auto error = text_at(configuration, "error");
  if (!error.empty()) {
    block.add_folded("the last reload failed, the one before is in force: " + error, Colour::kRed);
  }
  const auto keys = words_at(configuration, "restart_needed");
  if (!keys.empty()) block.add_folded("changed, but waits for a restart: " + keys, Colour::kYellow);
  return block.text();
}

std::string datasets_text(const json& datasets, SystemTime now, const Terminal& terminal) {
  if (datasets.empty()) return "";
  Table table({{"DATA"}, {"LAST SUCCESS"}, {"AT"}, {"STATE"}});
  for (const auto& dataset : datasets) {
    const auto time = time_at(dataset, "last_success");
    const bool stale = flag_at(dataset, "stale");
    table.add({text_at(dataset, "name"),
               time ? ago_text(*time, now) : "never",
               time ? time_text(*time) : "-",
               {stale  ? "stale"
                : time ? "fresh"
                       : "",
                stale ? Colour::kYellow : Colour::kGreen}});
  }
  return format("\n{}", table.render(terminal));
}

std::string headline(const json& status, bool trouble, const Terminal& terminal) {
  const bool syncing = flag_at(status, "sync_in_progress");
  const bool paused = flag_at(status, "paused");
  const auto colour = trouble || paused ? Colour::kYellow : Colour::kGreen;
  return format("{} {} {}, {}{}\n", terminal.paint(colour, "●"),
                terminal.paint(Colour::kBold, "nbasyncd"), text_at(status, "version"),
                syncing ? "syncing" : "idle", paused ? ", schedules paused" : "");
}

}  // namespace

std::string status_text(const json& status, SystemTime now, const Terminal& terminal) {
  const auto& datasets = list_at(status, "datasets");
  const auto upstream = upstream_text(list_at(status, "upstream"), terminal);
  const bool stale =
      std::ranges::any_of(datasets, [](const json& dataset) { return flag_at(dataset, "stale"); });

  const auto configuration = configuration_text(status.value("configuration", json()), terminal);

  auto text = headline(status, stale || !upstream.empty() || !configuration.empty(), terminal);
  if (const auto since = time_at(status, "started_at")) {
    Block block("Since", terminal);
    block.add(time_text(*since) + ", " + ago_text(*since, now));
    text += block.text();
  }
  const auto& current = status.value("current_sync", json());
  if (current.is_object()) text += running_text(current, now, terminal);
  text += waiting_text(list_at(status, "queue"), now, terminal) + upstream + configuration;
  text += datasets_text(datasets, now, terminal);
  const auto& schedules = list_at(status, "schedules");
  if (!schedules.empty()) {
    text += format("\n{}", brief_schedules_text(schedules, now, terminal));
  }
  const auto& runs = list_at(status, "recent_syncs");
  if (!runs.empty()) text += format("\n{}", brief_runs_text(runs, kPageRuns, now, terminal));
  return text;
}

}  // namespace nbasync::ctl
