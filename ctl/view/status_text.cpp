#include "ctl/view/status_text.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "base/text.hpp"
#include "ctl/view/backfill_text.hpp"
#include "ctl/view/block.hpp"
#include "ctl/view/datasets_text.hpp"
#include "ctl/view/line.hpp"
#include "ctl/view/run_progress_text.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/schedule_text.hpp"
#include "ctl/view/text.hpp"
#include "ctl/view/time_text.hpp"
#include "ctl/view/verdict.hpp"

namespace nbasync::ctl {
namespace {

using protocol::ConfigurationState;
using protocol::CurrentSync;
using protocol::PartProblem;
using protocol::QueuedSync;
using protocol::Status;
using protocol::UpstreamState;

// "run 5f3a1b2c, for 12 s, by http"; time and asker only where known.
template <typename Sync>
std::string origin(const Sync& sync, SystemTime since, SystemTime now) {
  auto text = "run " + short_id(sync.run_id);
  if (since != SystemTime()) text += ", for " + age_text(since, now);
  return sync.triggered_by.empty() ? text : text + ", by " + sync.triggered_by;
}

std::string running_text(const CurrentSync& sync, SystemTime now, const Terminal& terminal) {
  Block block("Running", terminal);
  const auto& progress = sync.progress;
  const auto elapsed = std::chrono::duration<double>(now - sync.started_at).count();
  block.add(format("{} {}  {} {} %  {}", sync.sync_type, sync.season,
                   bar_text(progress.percent, terminal), progress.percent, progress.step));
  auto second = requests_text(progress);
  if (const auto left = time_left_text(progress, elapsed); !left.empty()) second += ", " + left;
  block.add(
      format("{}{}{}", second, second.empty() ? "" : "; ", origin(sync, sync.started_at, now)));
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
    if (host.state == "ok") continue;
    block.add_folded(format("{}: {}", host.host, with_own_times(host.state, terminal)),
                     Colour::kYellow);
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

// Is all well; if not, why and what to do; what comes next.
std::string answer_text(const Status& status, SystemTime now, const Terminal& terminal) {
  const auto troubles = troubles_of(status, now, terminal);
  const auto colour = troubles.empty() ? Colour::kGreen : troubles.front().colour;
  Line first;
  first.add(terminal.glyphs().bullet, colour)
      .add(" ")
      .add("nbasyncd", Colour::kBold)
      .add(format(" {}: ", status.version))
      .add(troubles.empty() ? "all is well" : troubles.front().what,
           troubles.empty() ? Colour::kNone : colour);
  auto text = first.render(terminal, terminal.width) + '\n';
  if (!troubles.empty()) {
    Block block("Do", terminal);
    block.add_folded(troubles.front().help);
    text += block.text();
  } else if (!status.recent_syncs.empty()) {
    const auto& run = status.recent_syncs.front();
    Block block("Last", terminal);
    block.add(format("{} {}, {}", run.sync_type, ago_text(run.completed_at.value_or(now), now),
                     to_string(run.status)));
    text += block.text();
  }
  Block next("Next", terminal);
  next.add(next_text(status, now, terminal));
  text += next.text();
  Block also("Also", terminal);
  for (std::size_t i = 1; i < troubles.size(); ++i) {
    if (troubles[i].has_block) continue;
    also.add_folded(format("{}: {}", troubles[i].what, troubles[i].help), troubles[i].colour);
  }
  return text + also.text();
}

std::string since_text(const Status& status, SystemTime now, const Terminal& terminal) {
  if (status.started_at == SystemTime()) return "";
  Block block("Since", terminal);
  block.add(time_text(status.started_at, terminal) + ", " + ago_text(status.started_at, now));
  return block.text();
}

std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

// How many runs there is room for below the text, with an empty line, their headers, and a line for
// the shell.
std::size_t runs_that_fit(const std::string& text, const Terminal& terminal, bool all) {
  if (all || terminal.height == 0) return all ? kAllRuns : kPageRuns;
  constexpr std::size_t kBeside = 3;
  const auto used = lines_of(text) + kBeside;
  return used < terminal.height ? terminal.height - used : 0;
}

}  // namespace

std::string status_text(const Status& status, SystemTime now, const Terminal& terminal, bool all) {
  auto text = answer_text(status, now, terminal);
  if (all) text += since_text(status, now, terminal);
  if (status.current_sync) text += running_text(*status.current_sync, now, terminal);
  text += waiting_text(status.queue, now, terminal) + holder_text(status, terminal) +
          backfill_block(status.backfill, terminal) + upstream_text(status.upstream, terminal) +
          configuration_text(status.configuration, terminal) +
          problems_text(status.problems, now, terminal);
  if (const auto datasets = datasets_text(status, now, terminal); !datasets.empty()) {
    text += '\n' + datasets;
  }
  if (all && !status.schedules.empty()) {
    text += format("\n{}", brief_schedules_text(status.schedules, now, terminal));
  }
  const auto runs = runs_that_fit(text, terminal, all);
  if (runs > 0 && !status.recent_syncs.empty()) {
    text += format("\n{}", brief_runs_text(status.recent_syncs, runs, now, terminal));
  }
  return text;
}

}  // namespace nbasync::ctl
