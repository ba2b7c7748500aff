#include "scheduler/backfill_machine.hpp"

#include <algorithm>
#include <utility>

#include "base/format.hpp"

namespace nbasync {
namespace {

using State = WantedRun::State;

BackfillMachine::Season remembered(const std::string& name, const BackfillMemory& memory) {
  BackfillMachine::Season season{name, {}};
  auto& run = season.run;
  run.turn = {{}, memory.retry, memory.steps, memory.failed_run, memory.because};
  run.run_id = memory.run_id;
  run.why = memory.why;
  run.not_before = memory.not_before.value_or(SystemTime{});
  run.state = memory.state == SeasonState::kUnderWay ? State::kUnderWay
              : memory.state == SeasonState::kDone   ? State::kDone
              : memory.state == SeasonState::kFailed ? State::kGivenUp
                                                     : State::kWaiting;
  season.whole = memory.state == SeasonState::kWhole;
  season.stopped = memory.state == SeasonState::kStopped;
  season.asked_at = memory.asked_at;
  season.requests = memory.requests;
  return season;
}

}  // namespace

SeasonState BackfillMachine::Season::state() const {
  if (whole) return SeasonState::kWhole;
  if (stopped) return SeasonState::kStopped;
  switch (run.state) {
    case State::kWaiting:
      return SeasonState::kWaiting;
    case State::kUnderWay:
      return SeasonState::kUnderWay;
    case State::kDone:
      return SeasonState::kDone;
    case State::kGivenUp:
      break;
  }
  return SeasonState::kFailed;
}

BackfillMachine::BackfillMachine(const BackfillMemories& memories) {
  for (const auto& [name, memory] : memories) seasons_.push_back(remembered(name, memory));
  std::ranges::reverse(seasons_);
}

BackfillMemories BackfillMachine::memory() const {
  BackfillMemories memories;
  for (const auto& season : seasons_) {
    const auto& run = season.run;
    auto& memory = memories[season.name];
    memory.state = season.state();
    memory.run_id = run.run_id;
    memory.asked_at = season.asked_at;
    memory.requests = season.requests;
    if (run.not_before != SystemTime{}) memory.not_before = run.not_before;
    memory.retry = run.turn.retry;
    memory.steps = run.turn.steps;
    memory.failed_run = run.turn.failed_run;
    memory.because = run.turn.because;
    memory.why = run.why;
  }
  return memories;
}

void BackfillMachine::recover(const RunRecord* run, SystemTime now) {
  for (auto& season : seasons_) {
    if (season.state() != SeasonState::kUnderWay) continue;
    if (run != nullptr) season.requests = static_cast<unsigned>(run->requests);
    season.run.recover(run, now);
  }
}

void BackfillMachine::begin(std::vector<std::string> seasons) {
  std::ranges::sort(seasons, std::greater());
  const auto before = debt();
  looked_at_ = nullptr;
  looking_ = false;
  seasons_.clear();
  for (auto& name : seasons) seasons_.push_back({std::move(name), {}});
  if (before.requests == 0 || seasons_.empty()) return;
  seasons_.front().asked_at = before.since;  // another backfill pays, too, also after a restart
  seasons_.front().requests = before.requests;
}

std::optional<std::string> BackfillMachine::stop() {
  std::optional<std::string> run_id;
  for (auto& season : seasons_) {
    if (is_over(season.state())) continue;
    if (season.run.state == State::kUnderWay) run_id = season.run.run_id;
    season.stopped = true;
  }
  looked_at_ = nullptr;
  looking_ = false;
  return run_id;
}

bool BackfillMachine::is_open() const {
  return !std::ranges::all_of(seasons_, is_over, &Season::state);
}

std::size_t BackfillMachine::done() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      seasons_, [](SeasonState state) { return is_over(state) && state != SeasonState::kStopped; },
      &Season::state));
}

const BackfillMachine::Season* BackfillMachine::under_way() const {
  const auto found = std::ranges::find(seasons_, SeasonState::kUnderWay, &Season::state);
  return found == seasons_.end() ? nullptr : &*found;
}

// The clock may have gone back. What waits for a time that was wrong would wait for ever.
void BackfillMachine::right(SystemTime now) {
  for (auto& season : seasons_) {
    season.run.right(now);
    if (season.asked_at) season.asked_at = std::min(*season.asked_at, now);
  }
}

// The one that is paid for last.
BackfillMachine::Debt BackfillMachine::debt() const {
  Debt last;
  for (const auto& season : seasons_) {
    const Debt own{season.asked_at.value_or(SystemTime{}), season.requests};
    if (paid_at(own) > paid_at(last)) last = own;
  }
  return last;
}

// The newest that is due; else start_ and why_ say when one is.
BackfillMachine::Season* BackfillMachine::next(SystemTime now) {
  for (auto& season : seasons_) {
    if (season.state() != SeasonState::kWaiting) continue;
    if (season.run.is_due(now)) return &season;
    if (start_ && *start_ <= season.run.not_before) continue;
    start_ = season.run.not_before;
    why_ = format("{} is tried again at {}", season.name, format_utc(season.run.not_before));
  }
  return nullptr;
}

std::optional<BackfillMachine::Ask> BackfillMachine::advance(const Moment& moment) {
  start_.reset();
  why_.clear();
  if (!is_open() || looking_ || moment.stopping) return std::nullopt;
  right(moment.now);
  if (const auto* season = under_way()) {
    why_ = format("run {} of {} is under way", season->run.run_id, season->name);
    return std::nullopt;
  }
  if (moment.paused) {
    why_ = "schedules are paused";
    return std::nullopt;
  }
  auto* season = next(moment.now);
  if (season == nullptr) return std::nullopt;
  if (season != looked_at_) {
    looked_at_ = season;
    looking_ = true;
    return Ask{Ask::Kind::kExamine, season->name};
  }
  if (const auto paid = paid_at(debt()); paid > moment.now) {
    start_ = paid;
    why_ = format("{} is asked for at {}: upstream is asked {} times a minute at the most",
                  season->name, format_utc(paid), std::chrono::minutes{1} / per_request_);
    return std::nullopt;
  }
  const auto& turn = season->run.turn;
  return Ask{Ask::Kind::kRun, season->name, turn,
             turn.retry > 0 ? turn.because
                            : format("season {} of {} of a backfill", done() + 1, seasons_.size())};
}

void BackfillMachine::examined(const std::string& season, bool whole) {
  if (!looking_ || looked_at_->name != season) return;  // it was stopped meanwhile
  looking_ = false;
  if (!whole) return;
  looked_at_->whole = true;
  looked_at_ = nullptr;
}

void BackfillMachine::asked(std::string run_id, SystemTime now) {
  looked_at_->asked_at = now;
  looked_at_->requests = 0;
  looked_at_->run.asked(std::move(run_id));
  looked_at_ = nullptr;
}

void BackfillMachine::admitted(const std::string& run_id, const Admission& admission,
                               SystemTime now) {
  for (auto& season : seasons_) season.run.admitted(run_id, admission, now);
}

void BackfillMachine::ended(const RunRecord& run, SystemTime now) {
  for (auto& season : seasons_) {
    if (season.run.state != State::kUnderWay || season.run.run_id != run.run_id) continue;
    season.requests = static_cast<unsigned>(run.requests);
    season.run.ended(run, now);
  }
}

}  // namespace nbasync
