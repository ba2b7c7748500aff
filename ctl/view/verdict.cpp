#include "ctl/view/verdict.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"
#include "ctl/view/advice.hpp"
#include "ctl/view/run_progress_text.hpp"
#include "ctl/view/text.hpp"
#include "ctl/view/time_text.hpp"
#include "model/sync_wish.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

using protocol::DatasetState;
using protocol::ScheduleState;
using protocol::Status;

// What it would have fetched has come since.
bool is_made_up_for(const RunRecord& run, const Status& status) {
  if (!run.completed_at) return false;
  const auto came_since = [&](const DatasetState& dataset) {
    return dataset.last_success && *dataset.last_success > *run.completed_at;
  };
  const auto& datasets = status.datasets;
  if (run.sync_type == kFullSync) {
    return !datasets.empty() && std::ranges::all_of(datasets, [&](const auto& dataset) {
      return came_since(dataset) || !dataset.last_success;
    });
  }
  const auto found = std::ranges::find(datasets, run.sync_type, &DatasetState::name);
  return found != datasets.end() && came_since(*found);
}

// Of an end that leaves the data as it was: who cancels, or gives up waiting, knows it.
bool is_failure(const RunRecord& run) {
  const auto waited = protocol::names_of(Errc::kLockTimeout).word;
  return run.status == RunStatus::kFailed || run.status == RunStatus::kInterrupted ||
         (run.status == RunStatus::kTimeout && run.error_code != waited);
}

void add_failed_runs(std::vector<Trouble>& troubles, const Status& status, SystemTime now) {
  std::set<std::string> seen;
  for (const auto& run : status.recent_syncs) {
    if (run.triggered_by == kBackfillTrigger) continue;  // of another season, and told with it
    const bool counts = is_failure(run) || run.status == RunStatus::kSuccess;
    if (!counts || !seen.insert(run.sync_type).second || !is_failure(run)) continue;
    if (is_made_up_for(run, status)) continue;
    const auto ended = run.completed_at.value_or(run.started_at.value_or(now));
    const bool failed = run.status == RunStatus::kFailed;
    auto what = format("{} {} {}", run.sync_type,
                       failed ? "failed" : "ended with " + std::string(to_string(run.status)),
                       ago_text(ended, now));
    if (failed && !run.error_code.empty()) what += ": " + run.error_code;
    troubles.push_back({run.status == RunStatus::kInterrupted ? Colour::kYellow : Colour::kRed,
                        std::move(what), advice(run.error_code, run.sync_type, run.run_id)});
  }
}

void add_first_sync(std::vector<Trouble>& troubles, const Status& status, SystemTime now,
                    const Terminal& terminal) {
  if (status.first_sync.empty()) return;
  const auto& current = status.current_sync;
  if (!current || current->sync_type != kFullSync) {
    troubles.push_back({Colour::kRed, "no data yet", with_own_times(status.first_sync, terminal)});
    return;
  }
  const auto requests = requests_text(current->progress);
  const auto elapsed = std::chrono::duration<double>(now - current->started_at).count();
  const auto left = time_left_text(current->progress, elapsed);
  troubles.push_back(
      {Colour::kYellow, format("first sync under way{}", requests.empty() ? "" : ": " + requests),
       format("wait{}; 'nbasyncctl watch' follows it", left.empty() ? "" : ", " + left)});
}

void add_stale(std::vector<Trouble>& troubles, const Status& status) {
  std::vector<std::string> stale;
  for (const auto& dataset : status.datasets) {
    if (dataset.stale) stale.push_back(dataset.name);
  }
  // While the database is filled for the first time, that is said.
  if (stale.empty() || !status.first_sync.empty()) return;
  constexpr std::size_t kNamed = 2;
  const bool few = stale.size() <= kNamed;
  troubles.push_back(
      {Colour::kYellow,
       few ? format("{} {} stale", joined(stale, " and "), stale.size() == 1 ? "is" : "are")
           : format("{} of {} datasets are stale", stale.size(), status.datasets.size()),
       status.current_sync ? "a sync is under way; 'nbasyncctl watch' follows it"
                           : format("'nbasyncctl sync {}' fetches {}",
                                    stale.size() == 1 ? stale.front() : kFullSync,
                                    stale.size() == 1 ? "it" : "all")});
}

void add_daemon(std::vector<Trouble>& troubles, const Status& status, SystemTime now) {
  if (!status.instances.empty() && status.holder.empty()) {
    troubles.push_back({Colour::kRed, "no daemon has the lock, nothing is synced",
                        "'nbasyncctl doctor' tells why"});
  }
  const auto& configuration = status.configuration;
  if (!configuration.error.empty()) {
    troubles.push_back({Colour::kRed, "the configuration has a mistake, the one before is in force",
                        "see Config below, then 'nbasyncctl reload'", true});
  }
  if (!configuration.restart_needed.empty()) {
    troubles.push_back(
        {Colour::kYellow,
         format("changed, but not in force: {}", joined(configuration.restart_needed)),
         "'systemctl restart nbasyncd'", true});
  }
  for (const auto& problem : status.problems) {
    troubles.push_back(
        {Colour::kYellow,
         format("{} does not work, for {}", problem.part, age_text(problem.since, now)),
         "see Problem below", true});
  }
}

void add_rest(std::vector<Trouble>& troubles, const Status& status) {
  for (const auto& host : status.upstream) {
    if (host.state == "ok") continue;
    troubles.push_back({Colour::kYellow, format("{} is not asked", host.host),
                        "see Upstream below; 'nbasyncctl doctor' asks it", true});
  }
  if (status.paused) {
    troubles.push_back(
        {Colour::kYellow, "the schedules are paused", "'nbasyncctl resume' lets them go on"});
  }
  if (status.backfill && status.backfill->failed > 0) {
    const auto seasons = count_text(status.backfill->failed, "season");
    troubles.push_back({Colour::kYellow, format("{} of the backfill failed", seasons),
                        "'nbasyncctl backfill status' tells why"});
  }
}

// "now", "in 59 min" within an hour, else as day_text().
std::string when_text(SystemTime time, SystemTime now, const Terminal& terminal) {
  constexpr auto kSoon = std::chrono::hours(1);
  if (time <= now) return "now";
  return time - now < kSoon ? "in " + age_text(now, time) : day_text(time, now, terminal);
}

}  // namespace

std::vector<Trouble> troubles_of(const Status& status, SystemTime now, const Terminal& terminal) {
  std::vector<Trouble> troubles;
  add_first_sync(troubles, status, now, terminal);
  add_failed_runs(troubles, status, now);
  add_daemon(troubles, status, now);
  add_stale(troubles, status);
  add_rest(troubles, status);
  std::stable_partition(troubles.begin(), troubles.end(),
                        [](const Trouble& trouble) { return trouble.colour == Colour::kRed; });
  return troubles;
}

std::string next_text(const Status& status, SystemTime now, const Terminal& terminal) {
  if (status.paused) return "nothing, the schedules are paused";
  std::vector<std::pair<SystemTime, const ScheduleState*>> due;
  for (const auto& schedule : status.schedules) {
    const auto time = schedule.retry_at ? schedule.retry_at : schedule.next;
    if (time) due.emplace_back(*time, &schedule);
  }
  if (due.empty()) return status.schedules.empty() ? "no schedules" : "nothing is due";
  std::ranges::stable_sort(due, {}, [](const auto& each) { return each.first; });
  constexpr std::size_t kNamed = 2;
  std::string text;
  for (std::size_t i = 0; i < std::min(due.size(), kNamed); ++i) {
    const auto& [time, schedule] = due[i];
    text +=
        format("{}{}{} {} ({})", text.empty() ? "" : ", ", schedule->sync_type,
               schedule->retry_at ? " again" : "", when_text(time, now, terminal), schedule->name);
  }
  return text;
}

}  // namespace nbasync::ctl
