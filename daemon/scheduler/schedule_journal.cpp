#include "scheduler/schedule_journal.hpp"

#include <cstddef>
#include <memory>
#include <utility>

#include "base/async.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "log/log.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kShown = 20;  // decisions of one schedule
// While the database cannot be written, decisions pile up; the older ones are then given up.
constexpr std::size_t kMostUnwritten = 10'000;

}  // namespace

ScheduleJournal::ScheduleJournal(Executor& executor, ScheduleStore& store)
    : executor_(executor), store_(store), records_(store.read()) {
  for (const auto& decision : std::exchange(records_.decisions, {})) keep(decision);
}

void ScheduleJournal::keep(const Decision& decision) {
  auto& list = recent_[decision.schedule];
  list.push_front(decision);
  if (list.size() > kShown) list.pop_back();
}

void ScheduleJournal::decided(Decision decision) {
  keep(decision);
  for (const auto& observer : observers_) observer(decision);
  changes_.decisions.push_back(std::move(decision));
  write();
}

void ScheduleJournal::remember(const std::string& schedule, const ScheduleMemory& memory) {
  changes_.memories[schedule] = memory;
  write();
}

void ScheduleJournal::forget(const std::string& schedule) {
  changes_.memories[schedule] = std::nullopt;
  write();
}

void ScheduleJournal::set_paused(bool paused) {
  changes_.paused = paused;
  write();
}

std::vector<Decision> ScheduleJournal::decisions_of(const std::string& schedule) const {
  const auto found = recent_.find(schedule);
  if (found == recent_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

void ScheduleJournal::observe(std::function<void(const Decision&)> observer) {
  observers_.push_back(std::move(observer));
}

void ScheduleJournal::when_idle(std::function<void()> idle) {
  if (writing_) {
    idle_ = std::move(idle);
  } else {
    idle();
  }
}

void ScheduleJournal::write() {
  if (writing_) return;
  writing_ = true;
  // On the next turn, so that what one turn decides is one transaction.
  executor_.post([this] {
    auto changes = std::make_shared<ScheduleChanges>(std::exchange(changes_, {}));
    async(
        executor_, [this, changes] { store_.write(*changes); },
        [this, changes](const Result<std::monostate>& result) {
          const auto* error = error_of(result);
          written(*changes, error == nullptr ? "" : error->what());
        });
  });
}

// What could not be written waits for the next change; newer words win.
void ScheduleJournal::written(const ScheduleChanges& changes, const std::string& error) {
  writing_ = false;
  const bool more = !changes_.empty();
  if (!error.empty()) {
    log::error("schedule state not written error={}", in_quotes(error));
    changes_.memories.insert(changes.memories.begin(), changes.memories.end());
    if (!changes_.paused) changes_.paused = changes.paused;
    auto decisions = changes.decisions;
    decisions.insert(decisions.end(), changes_.decisions.begin(), changes_.decisions.end());
    if (decisions.size() > kMostUnwritten) {
      decisions.erase(decisions.begin(), decisions.end() - kMostUnwritten);
    }
    changes_.decisions = std::move(decisions);
  }
  if (more) {
    write();
  } else if (idle_) {
    std::exchange(idle_, nullptr)();
  }
}

}  // namespace nbasync
