#include "scheduler/scheduler.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/duration.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/uuid.hpp"
#include "dataset/catalog.hpp"
#include "log/log.hpp"
#include "scheduler/schedule_request.hpp"
#include "scheduler/schedule_words.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

// Not longer: whatever the clocks do, each schedule looks at them again soon.
constexpr Duration kLongestSleep = std::chrono::hours(1);

}  // namespace

Scheduler::Scheduler(ReadPool& readers, TimerWheel& wheel, const Clock& clock, SyncService& service,
                     DecisionLog& decisions)
    : wheel_(wheel),
      clock_(clock),
      service_(service),
      decisions_(decisions),
      last_runs_(decisions.last_runs()),
      games_(readers, clock, [this] { advance_live(); }),
      paused_(decisions.paused()) {
  service_.observe([this](const SyncEvent& event) {
    if (event.kind == SyncEvent::Kind::kFinished && moves_games(event.sync_type)) read_games();
  });
  service_.describe([this](protocol::Status& status) {
    status.schedules = schedules();
    status.paused = paused_;
  });
}

void Scheduler::load(const std::vector<ScheduleSpec>& specs) {
  auto before = std::exchange(entries_, {});
  order_.clear();
  for (const auto& spec : specs) {
    if (const auto warning = jitter_warning(spec)) log::warning("{}", *warning);
    order_.push_back(spec.name);
    const auto known = before.find(spec.name);
    const bool is_new = known == before.end();
    auto& entry =
        entries_.emplace(spec.name, is_new ? make_entry(spec.name) : std::move(known->second))
            .first->second;
    record(entry, entry.machine.load(spec, moment()));
    if (is_new) record(entry, entry.machine.recover(decisions_.open_run_of(spec.name), moment()));
  }
  decisions_.forget_others(order_);
  advance_all();
  read_games();
}

Scheduler::Entry Scheduler::make_entry(const std::string& name) {
  auto memory = decisions_.memory_of(name);
  const auto* last = last_run(name);
  if (memory && !memory->last_end && last != nullptr) memory->last_end = last->completed_at;
  return {ScheduleMachine(memory),
          std::make_unique<Timer>([this, name] { advance(entries_.at(name)); })};
}

void Scheduler::advance_all() {
  for (auto& [name, entry] : entries_) advance(entry);
}

void Scheduler::advance(Entry& entry) {
  for (;;) {
    const auto step = entry.machine.advance(moment());
    record(entry, step.tells);
    if (!step.ask) break;
    carry_out(entry, *step.ask);
  }
  decisions_.remember(entry.machine.spec().name, entry.machine.memory());
  arm(entry);
}

void Scheduler::carry_out(Entry& entry, const Ask& ask) {
  const auto& spec = entry.machine.spec();
  auto request = request_of(spec, ask);
  request.timeout = service_.options().run_timeout;  // nobody is kept waiting
  if (const auto* twin = service_.find_twin(request)) {
    const bool runs = twin->started_at != SystemTime{};
    if (!runs || spec.overlap == Overlap::kSkip) {
      entry.machine.skipped(moment());
      record(entry, {{DecisionKind::kSkipped, twin_reason(*twin), twin->run_id, {}}});
      return;
    }
    request.if_busy = IfBusy::kJoin;
  }
  log::info("schedule fired name={} type={} decision={} nominal={} late_us={}", spec.name,
            request.sync_type, to_string(ask.decision), format_utc(ask.turn.nominal, true),
            duration_cast<microseconds>(clock_.wall() - start_of(spec, ask.turn.nominal)).count());
  request.run_id = make_uuid();
  entry.machine.asked(request.run_id);
  service_.sync(
      request,
      [this, name = spec.name, run_id = request.run_id](const Admission& admission) {
        admitted(name, run_id, admission);
      },
      [this, name = spec.name](const RunRecord& run) { ended(name, run); });
}

void Scheduler::admitted(const std::string& name, const std::string& run_id,
                         const Admission& admission) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return;  // a reload took it away
  auto& entry = found->second;
  record(entry, entry.machine.admitted(run_id, admission, moment()));
  if (!admission.refusal) {
    RunRecord run;
    run.run_id = admission.run_id;
    run.started_at = clock_.wall();
    last_runs_[name] = std::move(run);
  }
  advance(entry);
}

void Scheduler::ended(const std::string& name, const RunRecord& run) {
  last_runs_[name] = run;
  const auto found = entries_.find(name);
  if (found == entries_.end()) return;  // a reload took it away
  record(found->second, found->second.machine.ended(run, moment()));
  advance(found->second);
}

void Scheduler::arm(Entry& entry) {
  entry.timer->cancel();
  const auto start = entry.machine.start();
  if (!start) return;
  const SystemTime::duration wait =
      std::clamp<SystemTime::duration>(*start - clock_.wall(), Duration::zero(), kLongestSleep);
  wheel_.arm(*entry.timer, tick_not_before(clock_.steady() + wait));
}

void Scheduler::read_games() {
  const bool wanted = std::ranges::any_of(
      entries_, [](const auto& item) { return item.second.machine.spec().live.has_value(); });
  if (wanted && !stopped_) games_.read();
}

void Scheduler::advance_live() {
  for (auto& [name, entry] : entries_) {
    if (entry.machine.spec().live) advance(entry);
  }
}

void Scheduler::pause(const std::string& by) {
  if (std::exchange(paused_, true)) return;
  log::info("schedules paused by={}", in_quotes(by));
  decisions_.set_paused(true);
  decide_for_all(DecisionKind::kPaused, format("all schedules, by {}", by));
  for (auto& [name, entry] : entries_) record(entry, entry.machine.pause());
  advance_all();
  for (const auto& observer : observers_) observer();
}

void Scheduler::resume(const std::string& by) {
  if (!std::exchange(paused_, false)) return;
  log::info("schedules resumed by={}", in_quotes(by));
  decisions_.set_paused(false);
  decide_for_all(DecisionKind::kResumed, format("all schedules, by {}", by));
  for (auto& [name, entry] : entries_) entry.machine.resume(clock_.wall());
  advance_all();
  for (const auto& observer : observers_) observer();
}

void Scheduler::clock_set(SystemTime::duration by) {
  const auto size = duration_cast<Duration>(by < by.zero() ? -by : by);
  log::warning("clock set by_ms={}", duration_cast<Duration>(by).count());
  decide_for_all(DecisionKind::kClockSet,
                 format("the clock went {} by {}: all is planned anew",
                        by < by.zero() ? "back" : "forward", format_duration(size)));
  advance_all();
  read_games();
}

void Scheduler::stop() {
  stopped_ = true;
  advance_all();
}

std::vector<protocol::ScheduleState> Scheduler::schedules() const {
  std::vector<protocol::ScheduleState> states;
  for (const auto& name : order_)
    states.push_back(state_of(entries_.at(name).machine, last_run(name)));
  return states;
}

protocol::Explanation Scheduler::explain(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) throw unknown_schedule(name, order_);
  const auto& machine = found->second.machine;
  const auto* last = last_run(name);
  return {state_of(machine, last), reasons_of(machine, last, paused_),
          decisions_.decisions_of(name)};
}

std::vector<protocol::Explanation> Scheduler::explain_all() const {
  std::vector<protocol::Explanation> all;
  for (const auto& name : order_) all.push_back(explain(name));
  return all;
}

void Scheduler::observe_paused(std::function<void()> observer) {
  observers_.push_back(std::move(observer));
}

void Scheduler::record(const Entry& entry, const std::vector<Tell>& tells) {
  const auto& spec = entry.machine.spec();
  for (const auto& tell : tells) {
    log::info("schedule {} name={} reason={}", to_string(tell.kind), spec.name,
              in_quotes(tell.reason));
    decisions_.decided(
        {clock_.wall(), spec.name, spec.sync_type, tell.kind, tell.reason, tell.run_id});
  }
}

void Scheduler::decide_for_all(DecisionKind kind, const std::string& reason) {
  decisions_.decided({clock_.wall(), "", "", kind, reason, ""});
}

const RunRecord* Scheduler::last_run(const std::string& name) const {
  const auto found = last_runs_.find(name);
  return found == last_runs_.end() ? nullptr : &found->second;
}

}  // namespace nbasync
