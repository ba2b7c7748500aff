#include "scheduler/first_sync.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "scheduler/schedule_request.hpp"
#include "timer/tick.hpp"

namespace nbasync {

FirstSync::FirstSync(TimerWheel& wheel, const Clock& clock, SyncService& service,
                     DecisionLog& decisions, std::function<bool()> paused)
    : wheel_(wheel),
      clock_(clock),
      service_(service),
      decisions_(decisions),
      paused_(std::move(paused)),
      timer_([this] { advance(); }) {
  // Whoever asked for it: then nothing is missing any more.
  service_.observe([this](const SyncEvent& event) {
    if (event.kind != SyncEvent::Kind::kFinished || event.sync_type != kFullSync) return;
    const auto& run = *event.run;
    const bool good = run.status == RunStatus::kSuccess && !run.dry_run;
    if (good && run.season == service_.season()) settle();
  });
  service_.describe([this](protocol::Status& status) { status.first_sync = story(); });
}

void FirstSync::begin(const Filled& filled) {
  const auto& options = service_.options();
  fills_ = filled.empty;
  if (!filled.empty && filled.unfinished) {
    const auto known = service_.last_success();
    std::ranges::copy_if(options.full, std::back_inserter(run_.turn.steps),
                         [&](const std::string& name) { return !known.contains(name); });
    fills_ = !run_.turn.steps.empty();
  }
  wanted_ = options.on_start == OnStart::kAlways || fills_;
  if (options.on_start == OnStart::kAlways) run_.turn.steps.clear();
  advance();
}

void FirstSync::advance() {
  timer_.cancel();
  if (service_.options().on_start == OnStart::kNotAtAll) wanted_ = false;
  if (!wanted_ || stopped_ || paused_()) return;
  const auto now = clock_.wall();
  run_.right(now);
  if (run_.is_due(now)) {
    ask();
  } else if (run_.state == WantedRun::State::kWaiting) {
    const SystemTime::duration left = run_.not_before - now;
    wheel_.arm(timer_, tick_not_before(clock_.steady() +
                                       std::min<SystemTime::duration>(left, kLongestWait)));
  }
}

void FirstSync::ask() {
  auto request =
      full_request(run_.turn, kStartup, run_.turn.retry > 0 ? run_.turn.because : cause());
  request.timeout = service_.options().run_timeout;
  run_.asked(request.run_id);
  const auto told = [this] {
    if (run_.state == WantedRun::State::kGivenUp) {
      log::warning("first sync given up reason={}", in_quotes(run_.why));
      decisions_.decided(
          {clock_.wall(), "", kFullSync, DecisionKind::kGaveUp, run_.why, run_.run_id});
    }
    advance();
  };
  service_.sync(
      request,
      [this, told, id = request.run_id](const Admission& admission) {
        run_.admitted(id, admission, clock_.wall());
        if (admission.refusal) told();
      },
      [this, told](const RunRecord& run) {
        run_.ended(run, clock_.wall());
        if (run_.state == WantedRun::State::kDone) settle();
        told();
      });
}

std::string FirstSync::cause() const {
  if (service_.options().on_start == OnStart::kAlways) return "sync.on_start is always";
  if (run_.turn.steps.empty()) return "the database is empty, and sync.on_start is if-empty";
  return format("the first sync did not end with success, and sync.on_start is if-empty: {}",
                fmt::join(run_.turn.steps, ", "));
}

void FirstSync::settle() {
  wanted_ = fills_ = false;
  timer_.cancel();
}

void FirstSync::stop() {
  stopped_ = true;
  timer_.cancel();
}

std::string FirstSync::story() const {
  if (!wanted_ || !fills_) return {};
  if (run_.state == WantedRun::State::kUnderWay) return "the first sync is under way";
  if (run_.state == WantedRun::State::kGivenUp) {
    return format("the first sync has failed: {}", run_.why);
  }
  if (paused_()) return "the first sync waits: schedules are paused";
  return format("the first sync has failed, and is tried again at {}: {}",
                format_utc(run_.not_before), run_.turn.because);
}

}  // namespace nbasync
