#include "scheduler/decision_log.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace nbasync {
namespace {

constexpr std::size_t kShown = 20;  // decisions of one schedule

}  // namespace

DecisionLog::DecisionLog(LogWriter& log, ScheduleRecords records)
    : log_(log), records_(std::move(records)) {
  for (const auto& decision : std::exchange(records_.decisions, {})) keep(decision);
}

void DecisionLog::keep(const Decision& decision) {
  auto& list = recent_[decision.schedule];
  list.push_front(decision);
  if (list.size() > kShown) list.pop_back();
}

void DecisionLog::decided(Decision decision) {
  keep(decision);
  for (const auto& observer : observers_) observer(decision);
  log_.decided(std::move(decision));
}

const RunRecord* DecisionLog::open_run_of(const std::string& schedule) const {
  const auto found = records_.open_runs.find(schedule);
  return found == records_.open_runs.end() ? nullptr : &found->second;
}

std::optional<ScheduleMemory> DecisionLog::memory_of(const std::string& schedule) const {
  const auto found = records_.memories.find(schedule);
  return found == records_.memories.end() ? std::nullopt : std::optional(found->second);
}

void DecisionLog::remember(const std::string& schedule, const ScheduleMemory& memory) {
  const auto known = records_.memories.find(schedule);
  if (known != records_.memories.end() && known->second == memory) return;
  records_.memories[schedule] = memory;
  log_.remember(schedule, memory);
}

void DecisionLog::forget_others(const std::vector<std::string>& schedules) {
  std::erase_if(records_.memories, [&](const auto& item) {
    const bool goes = std::ranges::find(schedules, item.first) == schedules.end();
    if (goes) log_.remember(item.first, std::nullopt);
    return goes;
  });
}

void DecisionLog::remember_backfill(const BackfillMemories& memories) {
  for (const auto& [season, memory] : memories) {
    const auto known = records_.backfill.find(season);
    if (known == records_.backfill.end() || known->second != memory) {
      log_.remember_backfill(season, memory);
    }
  }
  for (const auto& [season, memory] : records_.backfill) {
    if (!memories.contains(season)) log_.remember_backfill(season, std::nullopt);
  }
  records_.backfill = memories;
}

void DecisionLog::set_paused(bool paused) { log_.set_paused(paused); }

std::vector<Decision> DecisionLog::decisions_of(const std::string& schedule) const {
  const auto found = recent_.find(schedule);
  if (found == recent_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

void DecisionLog::observe(std::function<void(const Decision&)> observer) {
  observers_.push_back(std::move(observer));
}

}  // namespace nbasync
