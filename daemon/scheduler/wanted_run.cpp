#include "scheduler/wanted_run.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "protocol/errors.hpp"
#include "scheduler/retry.hpp"

namespace nbasync {
namespace {

// The rule of a schedule that says nothing else.
ScheduleSpec usual() {
  ScheduleSpec spec;
  spec.retry = RetryRule{};
  return spec;
}

}  // namespace

void WantedRun::right(SystemTime now) {
  if (state != State::kWaiting || turn.retry == 0) return;
  not_before = std::min(not_before, now + retry_delay(RetryRule{}, turn.retry));
}

void WantedRun::asked(std::string id) {
  state = State::kUnderWay;
  run_id = std::move(id);
}

void WantedRun::admitted(const std::string& id, const Admission& admission, SystemTime now) {
  if (state != State::kUnderWay || run_id != id) return;
  if (!admission.refusal) {
    run_id = admission.run_id;
    return;
  }
  RunRecord refused;
  refused.run_id = id;
  const bool stops = admission.refusal->code == Errc::kShuttingDown;
  refused.status = stops ? RunStatus::kInterrupted : RunStatus::kFailed;
  refused.error_code = protocol::names_of(admission.refusal->code).word;
  refused.error_message = admission.refusal->message;
  ended(refused, now);
}

void WantedRun::ended(const RunRecord& run, SystemTime now) {
  if (state != State::kUnderWay || run_id != run.run_id) return;
  if (run.status == RunStatus::kSuccess) {
    state = State::kDone;
  } else if (run.status == RunStatus::kInterrupted) {  // the daemon was told to stop
    state = State::kWaiting;
    not_before = now;
  } else {
    failed(run, now);
  }
}

void WantedRun::failed(const RunRecord& run, SystemTime now) {
  auto after = after_failure(usual(), turn, run, now, std::nullopt);
  if (auto* waiting = std::get_if<RetryWaiting>(&after)) {
    state = State::kWaiting;
    turn = std::move(waiting->turn);
    not_before = waiting->at;
  } else {
    state = State::kGivenUp;
    why = std::get<std::string>(std::move(after));
  }
}

void WantedRun::recover(const RunRecord* run, SystemTime now) {
  if (state != State::kUnderWay) return;
  if (run != nullptr && run->status == RunStatus::kSuccess) {
    state = State::kDone;
    return;
  }
  // A row of the log that says that it began has no thread yet: it counts as a try, or what kills
  // the process would be begun for ever.
  if (run != nullptr) failed(*run, now);
  const bool broken_off = run == nullptr || run->status == RunStatus::kInterrupted;
  if (!broken_off || state == State::kGivenUp) return;
  state = State::kWaiting;
  not_before = now;
}

}  // namespace nbasync
