#include "sync/run_history.hpp"

#include <algorithm>
#include <chrono>

#include "dataset/catalog.hpp"
#include "store/run_log.hpp"
#include "sync/describe_job.hpp"

namespace nbasync {
namespace {

// Clocks are put right by a little all the time. More, and the time was taken from a wrong one.
constexpr Duration kPutRight = std::chrono::minutes(1);

}  // namespace

RunHistory::RunHistory(Connection& log, const std::string& season, SystemTime now)
    : last_success_{{season, run_log::last_success(log, season, {})}} {
  for (auto& run : run_log::list(log, kKept, {}, {})) {
    const bool open = run.status == RunStatus::kStarted;
    recent_.push_back(open ? interrupted(std::move(run), now) : std::move(run));
  }
}

void RunHistory::add(const RunRecord& run) {
  auto& kept = run.dry_run ? dry_runs_ : recent_;
  // A dry run's list of rows may be large: only the last one is kept.
  if (run.dry_run && !kept.empty()) kept.front().changes.reset();
  // One that another daemon had begun is told once: as it ended here.
  std::erase_if(kept, [&](const RunRecord& each) { return each.run_id == run.run_id; });
  kept.push_front(run);
  if (kept.size() > kKept) kept.pop_back();
  if (run.dry_run) return;
  const auto note = [this](const RunRecord& each) {
    if (each.status == RunStatus::kSuccess && each.completed_at) {
      last_success_[each.season][each.sync_type] = *each.completed_at;
    }
  };
  note(run);
  std::ranges::for_each(run.steps, note);
}

void RunHistory::forget() {
  recent_.clear();
  last_success_.clear();
}

void RunHistory::add_older(const RunHistory& read,
                           const std::function<bool(const std::string&)>& without) {
  for (const auto& run : read.recent_) {
    if (recent_.size() >= kKept) break;
    if (find(run.run_id) == nullptr && !without(run.run_id)) recent_.push_back(run);
  }
  for (const auto& [season, times] : read.last_success_) {
    last_success_[season].insert(times.begin(), times.end());
  }
}

const RunHistory::Times& RunHistory::last_success(const std::string& season) const {
  static const Times kNone;
  const auto found = last_success_.find(season);
  return found == last_success_.end() ? kNone : found->second;
}

std::vector<protocol::DatasetState> RunHistory::datasets(const std::string& season, SystemTime now,
                                                         const ServiceOptions& options) const {
  using Seconds = std::chrono::duration<double>;
  std::vector<protocol::DatasetState> states;
  const auto& times = last_success(season);
  for (const auto* dataset : catalog()) {
    auto& state = states.emplace_back();
    state.name = dataset->name;
    const auto success = times.find(state.name);
    if (success != times.end()) {
      state.last_success = success->second;
      const auto age = now - success->second;  // the future has none, and so is never fresh
      if (age >= -kPutRight) state.age_seconds = std::max(0.0, Seconds(age).count());
    }
    const auto limit = options.freshness.find(state.name);
    if (limit != options.freshness.end()) {
      state.stale_after_seconds = Seconds(limit->second).count();
      state.stale = !state.age_seconds || *state.age_seconds > *state.stale_after_seconds;
    }
    // Who leaves a type out of full syncs and never asks for it does not miss it.
    const bool is_left_out = std::ranges::find(options.full, state.name) == options.full.end();
    if (is_left_out && !state.last_success) state.stale = false;
  }
  return states;
}

const RunRecord* RunHistory::find(const std::string& run_id) const {
  for (const auto* runs : {&recent_, &dry_runs_}) {
    const auto found = std::ranges::find(*runs, run_id, &RunRecord::run_id);
    if (found != runs->end()) return &*found;
  }
  return nullptr;
}

}  // namespace nbasync
