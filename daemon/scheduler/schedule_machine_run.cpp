// What the machine of a schedule does about its run: asked for, under way, ended, tried again.

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/format.hpp"
#include "protocol/errors.hpp"
#include "scheduler/retry.hpp"
#include "scheduler/schedule_machine.hpp"
#include "scheduler/schedule_words.hpp"

namespace nbasync {
namespace {

// A run that the daemon's stop took out of the line.
bool never_ran(const RunRecord& run) {
  return run.status == RunStatus::kInterrupted && run.thread_id == 0;
}

bool has_news(const RunRecord& run) {
  return run.status == RunStatus::kSuccess && run.inserted + run.updated + run.deleted > 0;
}

}  // namespace

ScheduleMachine::Tells ScheduleMachine::recover(const RunRecord* run, const Moment& moment) {
  const auto* under_way = std::get_if<UnderWay>(&run_);
  if (under_way == nullptr) return {};
  Tells tells;
  const UnderWay was = *under_way;
  run_ = Idle{};
  if (run == nullptr) {
    never_began(was, moment, tells);
  } else if (run->status != RunStatus::kSuccess) {
    failed(was, *run, moment, tells);
  }
  return tells;
}

void ScheduleMachine::asked(std::string run_id) {
  run_ = UnderWay{*std::exchange(pending_, std::nullopt), std::move(run_id)};
}

// The turn is over as if it had run.
void ScheduleMachine::skipped(const Moment& moment) {
  pending_.reset();
  progress_.last_end = moment.now;
  live_.last_end = moment.now;
}

ScheduleMachine::Tells ScheduleMachine::admitted(const std::string& run_id,
                                                 const Admission& admission, const Moment& moment) {
  auto* under_way = std::get_if<UnderWay>(&run_);
  if (under_way == nullptr || under_way->run_id != run_id) return {};
  if (!admission.refusal) {
    under_way->run_id = admission.run_id;
    return {};
  }
  RunRecord refused;
  refused.run_id = run_id;
  refused.sync_type = spec_.sync_type;
  refused.status =
      admission.refusal->code == Errc::kShuttingDown ? RunStatus::kInterrupted : RunStatus::kFailed;
  refused.error_code = protocol::names_of(admission.refusal->code).word;
  refused.error_message = admission.refusal->message;
  return ended(refused, moment);
}

ScheduleMachine::Tells ScheduleMachine::ended(const RunRecord& run, const Moment& moment) {
  const auto* under_way = std::get_if<UnderWay>(&run_);
  if (under_way == nullptr || under_way->run_id != run.run_id) return {};
  Tells tells;
  const UnderWay was = *under_way;
  run_ = Idle{};
  progress_.last_end = moment.now;
  live_.last_end = moment.now;
  live_.quiet = has_news(run) ? 0 : live_.quiet + 1;
  if (never_ran(run)) {
    never_began(was, moment, tells);
  } else if (run.status != RunStatus::kSuccess) {
    failed(was, run, moment, tells);
  }
  return tells;
}

void ScheduleMachine::failed(const UnderWay& was, const RunRecord& run, const Moment& moment,
                             Tells& tells) {
  if (retry_of(spec_).times == 0) return;
  std::string why;
  if (was.outdated) {
    why = kReconfigured;
  } else if (moment.paused) {
    why = "schedules are paused";
  } else if (!backlog_.empty()) {
    why = "the next of its missed times is made up for";
  } else {
    auto after =
        after_failure(spec_, was.turn, run, moment.now, plan(spec_, progress_, moment.now).next);
    if (auto* waiting = std::get_if<RetryWaiting>(&after)) {
      run_ = std::move(*waiting);
      return;
    }
    why = std::get<std::string>(std::move(after));
  }
  tells.push_back({DecisionKind::kGaveUp, std::move(why), run.run_id});
}

// Whether that is made up for, catch_up says. A period from the last run's end is due anyway; so is
// a time that the clock has been set back before.
void ScheduleMachine::never_began(const UnderWay& was, const Moment& moment, Tells& tells) {
  const auto& turn = was.turn;
  if (turn.retry > 0) {
    run_ = RetryWaiting{turn, moment.now};
    if (was.outdated) give_up_retry(kReconfigured, tells);
  } else if (!has_own_pace(spec_) && turn.nominal <= progress_.decided_until) {
    if (was.outdated) {
      tells.push_back(dropped({turn.nominal}, kReconfigured));
    } else {
      backlog_.push_front(turn.nominal);
    }
  }
  if (moment.paused) std::ranges::move(pause(), std::back_inserter(tells));
}

void ScheduleMachine::give_up_retry(const std::string& why, Tells& tells) {
  const auto* waiting = std::get_if<RetryWaiting>(&run_);
  if (waiting == nullptr) return;
  tells.push_back({DecisionKind::kGaveUp, format("{}; {}", waiting->turn.because, why),
                   waiting->turn.failed_run});
  run_ = Idle{};
}

}  // namespace nbasync
