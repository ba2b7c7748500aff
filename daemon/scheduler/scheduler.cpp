#include "scheduler/scheduler.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "log/log.hpp"
#include "scheduler/schedule_words.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

bool has_news(const RunRecord& run) {
  return run.status == RunStatus::kSuccess && run.inserted + run.updated + run.deleted > 0;
}

}  // namespace

Scheduler::Scheduler(ReadPool& readers, TimerWheel& wheel, const Clock& clock, SyncService& service,
                     DecisionLog& decisions)
    : readers_(readers),
      wheel_(wheel),
      clock_(clock),
      service_(service),
      decisions_(decisions),
      paused_(decisions.records().paused) {
  service_.observe([this](const SyncEvent& event) {
    if (event.kind == SyncEvent::Kind::kFinished && moves_games(event.sync_type)) read_games();
  });
  service_.describe([this](protocol::Status& status) {
    status.schedules = schedules();
    status.paused = paused_;
  });
}

void Scheduler::load(const std::vector<ScheduleSpec>& specs) {
  std::map<std::string, ScheduleEntry> before = std::exchange(entries_, {});
  order_.clear();
  const auto& records = decisions_.records();
  for (const auto& spec : specs) {
    order_.push_back(spec.name);
    auto& entry = entries_[spec.name];
    const std::string rule = describe(spec);
    const auto memory = records.memories.find(spec.name);
    const auto last = records.last_runs.find(spec.name);
    if (const auto known = before.find(spec.name); known != before.end()) {
      const bool same = known->second.rule == rule;
      entry = std::move(known->second);
      if (!same) entry.progress.decided_until = clock_.wall();
      if (!same) entry.backlog.clear();
    } else {
      const bool same = memory != records.memories.end() && memory->second.rule == rule;
      entry.progress.decided_until = same ? memory->second.decided_until : clock_.wall();
      if (last != records.last_runs.end()) {
        entry.last = last->second;
        if (same) entry.progress.last_end = last->second.completed_at;
        entry.live.last_end = last->second.completed_at;
      }
      entry.timer = std::make_unique<Timer>([this, name = spec.name] { timer_fired(name); });
    }
    entry.spec = spec;
    if (const auto warning = jitter_warning(spec)) log::warning("{}", *warning);
    entry.spec.jitter = jitter_of(spec);
    entry.steadiness = steadiness_of(spec);
    entry.rule = rule;
    decisions_.remember(spec.name, {rule, entry.progress.decided_until});
  }
  for (const auto& [name, memory] : records.memories) {
    if (!entries_.contains(name)) decisions_.forget(name);
  }
  for (const auto& [name, entry] : before) {
    if (!entries_.contains(name)) decisions_.forget(name);
  }
  plan_all();
  read_games();
}

void Scheduler::plan_all() {
  for (auto& [name, entry] : entries_) plan_entry(entry);
}

void Scheduler::plan_entry(ScheduleEntry& entry) {
  entry.timer->cancel();
  entry.nominal.reset();
  entry.start.reset();
  if (stopped_) return;
  if (paused_) {
    entry.why = "schedules are paused";
    return;
  }
  if (entry.has_own_pace() && entry.is_under_way()) {
    entry.why =
        entry.asking ? "a run is being asked for" : format("run {} is under way", entry.running);
    return;
  }
  if (entry.spec.live) {
    plan_live_entry(entry);
  } else {
    set_right(entry.progress, entry.steadiness, clock_.wall());
    const Plan planned = plan(entry.spec, entry.progress, clock_.wall());
    if (!planned.due.empty()) {
      take_due(entry, planned);
      if (entry.has_own_pace()) return;  // planned by its run's beginning, or its failing to
    }
    entry.nominal = planned.next;
    entry.start = planned.start;
    entry.why = why_next(entry);
  }
  arm(entry);
}

void Scheduler::plan_live_entry(ScheduleEntry& entry) {
  auto& last_end = entry.live.last_end;
  if (last_end) last_end = std::min(*last_end, clock_.wall());  // the clock went back since
  const auto planned = plan_live(*entry.spec.live, games_, entry.live, clock_.wall());
  entry.nominal = planned.next;
  entry.start = planned.next;
  entry.why = planned.why;
}

void Scheduler::take_due(ScheduleEntry& entry, const Plan& plan) {
  const SystemTime now = clock_.wall();
  const auto run = to_run(entry.spec, plan, now);
  if (run.size() < plan.due.size()) {
    decide(entry, DecisionKind::kMissed, missed_reason(entry.spec, plan, run), "");
  }
  entry.progress.decided_until = entry.has_own_pace() ? now : plan.due.back();
  decisions_.remember(entry.spec.name, {entry.rule, entry.progress.decided_until});
  if (run.size() == 1 && entry.backlog.empty()) {
    fire(entry, run.front());  // also beside the one before, if that still runs: then it is skipped
  } else {
    entry.backlog.insert(entry.backlog.end(), run.begin(), run.end());
    make_up(entry);
  }
  if (run.empty()) not_run(entry);
}

// Of several missed runs, one after another.
void Scheduler::make_up(ScheduleEntry& entry) {
  while (!entry.backlog.empty() && !entry.is_under_way()) {
    const auto nominal = entry.backlog.front();
    entry.backlog.pop_front();
    fire(entry, nominal);
  }
}

void Scheduler::arm(ScheduleEntry& entry) {
  if (!entry.start) return;
  const auto wait = std::max(*entry.start - clock_.wall(), SystemTime::duration::zero());
  wheel_.arm(*entry.timer, tick_not_before(clock_.steady() + wait));
}

void Scheduler::timer_fired(const std::string& name) {
  auto& entry = entries_.at(name);
  if (clock_.wall() < *entry.start) {
    arm(entry);  // the wall clock was slowed down meanwhile
  } else if (entry.spec.live) {
    fire(entry, *entry.nominal);
  } else {
    plan_entry(entry);
  }
}

void Scheduler::fire(ScheduleEntry& entry, SystemTime nominal) {
  const auto late = clock_.wall() - start_of(entry.spec, nominal);
  SyncRequest request;
  request.sync_type = entry.spec.sync_type;
  request.season = entry.spec.season;
  request.triggered_by = std::string(kSchedulePrefix) + entry.spec.name;
  request.requester = request.triggered_by;
  request.if_busy = IfBusy::kQueue;
  request.timeout = service_.options().run_timeout;  // nobody is kept waiting
  request.decision =
      late > kPunctual && !entry.spec.live ? DecisionKind::kCaughtUp : DecisionKind::kFired;
  request.cause = cause_of(entry, nominal, clock_.wall());
  if (const auto* twin = service_.find_twin(request)) {
    const bool runs = twin->started_at != SystemTime{};
    if (!runs || entry.spec.overlap == Overlap::kSkip) {
      decide(entry, DecisionKind::kSkipped, twin_reason(*twin), twin->run_id);
      not_run(entry);
      return;
    }
    request.if_busy = IfBusy::kJoin;
  }
  const std::string name = entry.spec.name;
  log::info("schedule fired name={} type={} decision={} nominal={} late_us={}", name,
            request.sync_type, to_string(request.decision), format_utc(nominal, true),
            duration_cast<microseconds>(late).count());
  entry.asking = true;
  service_.sync(
      std::move(request), [this, name](const Admission& admission) { admitted(name, admission); },
      [this, name](const RunRecord& run) { ended(name, run); });
  if (entry.has_own_pace()) plan_entry(entry);
}

void Scheduler::admitted(const std::string& name, const Admission& admission) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return;  // a reload took it away
  auto& entry = found->second;
  entry.asking = false;
  if (admission.refusal) {
    not_run(entry);
    make_up(entry);
    return;
  }
  entry.running = admission.run_id;
  RunRecord run;
  run.run_id = admission.run_id;
  run.started_at = clock_.wall();
  entry.last = std::move(run);
  if (entry.has_own_pace()) plan_entry(entry);
}

// The turn is over as if it had run.
void Scheduler::not_run(ScheduleEntry& entry) {
  if (!entry.has_own_pace()) return;
  entry.progress.last_end = clock_.wall();
  entry.live.last_end = clock_.wall();
  plan_entry(entry);
}

void Scheduler::ended(const std::string& name, const RunRecord& run) {
  const auto found = entries_.find(name);
  if (found == entries_.end()) return;  // a reload took it away
  auto& entry = found->second;
  entry.running.clear();
  entry.last = run;
  entry.progress.last_end = clock_.wall();
  entry.live.last_end = clock_.wall();
  entry.live.quiet = has_news(run) ? 0 : entry.live.quiet + 1;
  if (entry.has_own_pace()) plan_entry(entry);
  make_up(entry);
}

// The local schedule and scoreboard say when live schedules have something to do.
void Scheduler::read_games() {
  const bool wanted = std::ranges::any_of(
      entries_, [](const auto& item) { return item.second.spec.live.has_value(); });
  if (!wanted || stopped_) return;
  if (reading_games_) {
    read_games_again_ = true;
    return;
  }
  reading_games_ = true;
  const SystemTime now = clock_.wall();
  readers_.ask(
      [now](Connection& connection, const std::stop_token& stop) {
        return games_between(connection, now - kGamesBefore, now + kGamesAfter, stop);
      },
      [this](Result<std::vector<LiveGame>> games) {
        reading_games_ = false;
        if (const auto* error = error_of(games)) {
          log::warning("schedule games not read error={}", in_quotes(error->what()));
        } else {
          games_ = std::get<std::vector<LiveGame>>(std::move(games));
        }
        for (auto& [name, entry] : entries_) {
          if (entry.spec.live) plan_entry(entry);
        }
        if (std::exchange(read_games_again_, false)) read_games();
      });
}

void Scheduler::pause(const std::string& by) {
  if (std::exchange(paused_, true)) return;
  log::info("schedules paused by={}", in_quotes(by));
  decisions_.set_paused(true);
  decisions_.decided(
      {clock_.wall(), "", "", DecisionKind::kPaused, format("all schedules, by {}", by), ""});
  for (auto& [name, entry] : entries_) entry.backlog.clear();
  plan_all();
  for (const auto& observer : observers_) observer();
}

void Scheduler::resume(const std::string& by) {
  if (!std::exchange(paused_, false)) return;
  log::info("schedules resumed by={}", in_quotes(by));
  decisions_.set_paused(false);
  decisions_.decided(
      {clock_.wall(), "", "", DecisionKind::kResumed, format("all schedules, by {}", by), ""});
  for (auto& [name, entry] : entries_) {
    auto& decided = entry.progress.decided_until;
    decided = std::max(decided, clock_.wall());
    decisions_.remember(name, {entry.rule, decided});
  }
  plan_all();
  for (const auto& observer : observers_) observer();
}

void Scheduler::clock_set(SystemTime::duration by) {
  const auto size = duration_cast<Duration>(by < by.zero() ? -by : by);
  const auto text = format("the clock went {} by {}: all is planned anew",
                           by < by.zero() ? "back" : "forward", format_duration(size));
  log::warning("clock set by_ms={}", duration_cast<Duration>(by).count());
  decisions_.decided({clock_.wall(), "", "", DecisionKind::kClockSet, text, ""});
  plan_all();
  read_games();
}

void Scheduler::stop() {
  stopped_ = true;
  plan_all();
}

std::vector<protocol::ScheduleState> Scheduler::schedules() const {
  std::vector<protocol::ScheduleState> states;
  for (const auto& name : order_) states.push_back(state_of(entries_.at(name)));
  return states;
}

protocol::Explanation Scheduler::explain(const std::string& name) const {
  const auto found = entries_.find(name);
  if (found == entries_.end()) {
    throw Error(Errc::kUnknownSchedule,
                format("there is no schedule '{}'{}", name,
                       order_.empty() ? "; none is configured"
                                      : suggest(name, {order_.begin(), order_.end()})));
  }
  const auto& entry = found->second;
  return {state_of(entry), reasons_of(entry, paused_), decisions_.decisions_of(name)};
}

void Scheduler::observe_paused(std::function<void()> observer) {
  observers_.push_back(std::move(observer));
}

void Scheduler::decide(const ScheduleEntry& entry, DecisionKind kind, const std::string& reason,
                       const std::string& run_id) {
  log::info("schedule {} name={} reason={}", to_string(kind), entry.spec.name, in_quotes(reason));
  decisions_.decided({clock_.wall(), entry.spec.name, entry.spec.sync_type, kind, reason, run_id});
}

}  // namespace nbasync
