#include "sync/run_history.hpp"

#include <algorithm>

namespace nbasync {
namespace {

constexpr unsigned kKept = 20;

}  // namespace

RunHistory::RunHistory(RunLog& log) : last_success_(log.last_success()) {
  for (auto& run : log.list(kKept, {})) recent_.push_back(std::move(run));
}

void RunHistory::add(const RunRecord& run) {
  auto& kept = run.dry_run ? dry_runs_ : recent_;
  kept.push_front(run);
  if (kept.size() > kKept) kept.pop_back();
  if (run.dry_run) return;
  const auto note = [this](const RunRecord& each) {
    if (each.status == RunStatus::kSuccess && each.completed_at) {
      last_success_[each.sync_type] = *each.completed_at;
    }
  };
  note(run);
  std::ranges::for_each(run.steps, note);
}

const RunRecord* RunHistory::find(const std::string& run_id) const {
  for (const auto* runs : {&recent_, &dry_runs_}) {
    const auto found = std::ranges::find(*runs, run_id, &RunRecord::run_id);
    if (found != runs->end()) return &*found;
  }
  return nullptr;
}

}  // namespace nbasync
