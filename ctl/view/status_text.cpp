#include "ctl/view/status_text.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "base/text.hpp"
#include "ctl/view/backfill_text.hpp"
#include "ctl/view/block.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/schedule_text.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

using protocol::ConfigurationState;
using protocol::CurrentSync;
using protocol::DatasetState;
using protocol::PartProblem;
using protocol::QueuedSync;
using protocol::Status;
using protocol::UpstreamState;

// "run 5f3a1b2c, for 12 s, asked by http"; time and asker only where known.
template <typename Sync>
std::string origin(const Sync& sync, SystemTime since, SystemTime now) {
  auto text = "run " + short_id(sync.run_id);
  if (since != SystemTime()) text += ", for " + age_text(since, now);
  return sync.triggered_by.empty() ? text : text + ", asked by " + sync.triggered_by;
}

std::string running_text(const CurrentSync& sync, SystemTime now, const Terminal& terminal) {
  Block block("Running", terminal);
  block.add(format("{} {}  {} {} %  {}", sync.sync_type, sync.season, bar_text(sync.percent),
                   sync.percent, sync.step));
  block.add(origin(sync, sync.started_at, now));
  return block.text();
}

std::string waiting_text(const std::vector<QueuedSync>& queue, SystemTime now,
                         const Terminal& terminal) {
  Block block("Waiting", terminal);
  for (const auto& sync : queue) {
    block.add(format("{}, {}; {}", sync.sync_type, position_text(sync.position),
                     origin(sync, sync.requested_at, now)));
  }
  return block.text();
}

std::string upstream_text(const std::vector<UpstreamState>& hosts, const Terminal& terminal) {
  Block block("Upstream", terminal);
  for (const auto& host : hosts) {
    if (host.state != "ok") block.add(format("{}: {}", host.host, host.state), Colour::kYellow);
  }
  return block.text();
}

// Of several daemons: who syncs.
std::string holder_text(const Status& status, const Terminal& terminal) {
  Block block("Holder", terminal);
  if (status.instances.empty()) return block.text();
  std::vector<std::string> others;
  for (const auto& instance : status.instances) {
    if (instance.name != status.holder) others.push_back(instance.name + ", " + instance.role);
  }
  const auto followed = others.empty() ? std::string() : "; " + joined(others, "; ");
  if (status.holder.empty()) {
    block.add_folded("nobody has the lock, nothing is synced" + followed, Colour::kYellow);
  } else {
    block.add_folded(status.holder + followed);
  }
  return block.text();
}

// What is wrong with the configuration, or waits for a restart.
std::string configuration_text(const ConfigurationState& configuration, const Terminal& terminal) {
  Block block("Config", terminal);
  const auto& [loaded_at, error, restart_needed] = configuration;
  if (!error.empty()) {
    block.add_folded("the last reload failed, the one before is in force: " + error, Colour::kRed);
  }
  if (!restart_needed.empty()) {
    block.add_folded("changed, but waits for a restart: " + joined(restart_needed),
                     Colour::kYellow);
  }
  return block.text();
}

std::string problems_text(const std::vector<PartProblem>& problems, SystemTime now,
                          const Terminal& terminal) {
  Block block("Problem", terminal);
  for (const auto& problem : problems) {
    block.add_folded(
        format("{}, for {}: {}", problem.part, age_text(problem.since, now), problem.message),
        Colour::kYellow);
  }
  return block.text();
}

std::string datasets_text(const std::vector<DatasetState>& datasets, SystemTime now,
                          const Terminal& terminal) {
  if (datasets.empty()) return "";
  Table table({{"DATA"}, {"LAST SUCCESS"}, {"AT"}, {"STATE"}});
  for (const auto& dataset : datasets) {
    const auto& time = dataset.last_success;
    const auto state = dataset.stale    ? "stale"
                       : dataset.begins ? "begins " + time_text(*dataset.begins)
                       : time           ? "fresh"
                                        : "";
    table.add({dataset.name,
               time ? ago_text(*time, now) : "never",
               time ? time_text(*time) : "-",
               {state, dataset.stale ? Colour::kYellow : Colour::kGreen}});
  }
  return format("\n{}", table.render(terminal));
}

std::string first_sync_text(const std::string& story, const Terminal& terminal) {
  Block block("Data", terminal);
  if (!story.empty()) block.add_folded("none yet, or not all: " + story, Colour::kYellow);
  return block.text();
}

// A backfill that is over is of interest while something of it is missing.
std::string backfill_block(const std::optional<protocol::BackfillState>& backfill,
                           const Terminal& terminal) {
  Block block("Backfill", terminal);
  if (backfill && (backfill->open || backfill->failed > 0)) {
    block.add_folded(backfill_line(*backfill),
                     backfill->failed > 0 ? Colour::kYellow : Colour::kNone);
  }
  return block.text();
}

std::string headline(const Status& status, bool trouble, const Terminal& terminal) {
  const auto colour = trouble || status.paused ? Colour::kYellow : Colour::kGreen;
  return format("{} {} {}, {}{}\n", terminal.paint(colour, "●"),
                terminal.paint(Colour::kBold, "nbasyncd"), status.version,
                status.current_sync ? "syncing" : "idle",
                status.paused ? ", schedules paused" : "");
}

}  // namespace

std::string status_text(const Status& status, SystemTime now, const Terminal& terminal) {
  const auto upstream = upstream_text(status.upstream, terminal);
  const auto configuration = configuration_text(status.configuration, terminal) +
                             problems_text(status.problems, now, terminal);
  const bool stale = std::ranges::any_of(status.datasets, &DatasetState::stale);

  auto text = headline(status, stale || !upstream.empty() || !configuration.empty(), terminal);
  if (status.started_at != SystemTime()) {
    Block block("Since", terminal);
    block.add(time_text(status.started_at) + ", " + ago_text(status.started_at, now));
    text += block.text();
  }
  if (status.current_sync) text += running_text(*status.current_sync, now, terminal);
  text += waiting_text(status.queue, now, terminal) + holder_text(status, terminal) +
          first_sync_text(status.first_sync, terminal) + backfill_block(status.backfill, terminal) +
          upstream + configuration;
  text += datasets_text(status.datasets, now, terminal);
  if (!status.schedules.empty()) {
    text += format("\n{}", brief_schedules_text(status.schedules, now, terminal));
  }
  if (!status.recent_syncs.empty()) {
    text += format("\n{}", brief_runs_text(status.recent_syncs, kPageRuns, now, terminal));
  }
  return text;
}

}  // namespace nbasync::ctl
