// Random lives of a schedule: time passes, the clock jumps, the process is killed, stopped and
// started, runs end in every way, configurations come and go. What must hold at every moment is
// checked by a model that knows nothing of how the machine works. A life is a list of operations,
// so one that fails is made shorter before it is shown. NBASYNC_SEED repeats one life,
// NBASYNC_LIVES lives longer.

#include "scheduler/schedule_machine.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/duration.hpp"
#include "base/format.hpp"
#include "protocol/errors.hpp"
#include "support/rounds.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr auto kMinute = Duration(minutes(1));

// A configuration that a schedule may have, and what the model knows of it.
struct Kind {
  const char* name;
  const char* cron;  // or null
  const char* zone;
  Duration every;
  bool aligned;
  bool live;
  Duration jitter;
  Duration gap;  // the longest from one nominal time to the next, changes of the clock included
  Duration steadiness;  // how far the clock may go back without a time being repeated
};

constexpr Kind kKinds[] = {
    {"minutely", nullptr, "UTC", minutes(1), true, false, seconds(20), minutes(1), kMinute},
    {"six-hourly", nullptr, "UTC", hours(6), true, false, minutes(30), hours(6), kMinute},
    {"unaligned", nullptr, "UTC", hours(24), false, false, minutes(10), hours(24), kMinute},
    {"often", "*/5 * * * *", "America/New_York", {}, true, false, minutes(10), minutes(5), kMinute},
    {"hourly", "0 * * * *", "Europe/London", {}, true, false, minutes(20), hours(1), hours(3)},
    {"by day",
     "*/20 8-22 * * *",
     "America/New_York",
     {},
     true,
     false,
     minutes(15),
     hours(11),
     hours(24)},
    {"nightly",
     "30 1 * * *",
     "America/New_York",
     {},
     true,
     false,
     minutes(30),
     hours(25),
     hours(24)},
    {"weekly", "0 6 * * mon", "UTC", {}, true, false, hours(2), hours(168), hours(24)},
    {"live", nullptr, "UTC", seconds(30), true, true, {}, minutes(2), kMinute},
};

struct Op {
  enum Kind { kPass, kJump, kKill, kStop, kStart, kEnd, kReload, kRemove, kPause, kResume } kind;
  std::uint64_t choice;  // of its details

  std::string text() const {
    constexpr const char* kNames[] = {"pass", "jump",   "kill",   "stop",  "start",
                                      "end",  "reload", "remove", "pause", "resume"};
    return format("{}:{}", kNames[kind], choice % 100'000);
  }
};

struct Violation : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void hold(bool condition, const std::string& what) {
  if (!condition) throw Violation(what);
}

SystemTime at(const char* text) { return *parse_utc(text); }

// The model of one schedule, its process, the service that runs its syncs, and the database.
class Life {
 public:
  void live(const std::vector<Op>& ops) {
    apply({Op::kStart, 0});
    for (const auto& op : ops) {
      apply(op);
      check();
    }
  }

  // What happened last, oldest first.
  std::string story() const {
    std::string text;
    for (const auto& line : story_) text += "\n  " + line;
    return text;
  }

 private:
  void note(const std::string& what) {
    story_.push_back(format("{} {}", format_utc(now_, true), what));
    if (story_.size() > 25) story_.pop_front();
  }

  // What the service knows of the run that is under way.
  struct Run {
    std::string id;
    Ask ask;
    bool began = false;  // its row is in the log
  };
  // What was seen of the schedule's nominal times since `from`.
  struct Seen {
    SystemTime from{};                 // those later than that count
    std::map<SystemTime, char> times;  // decided: 'a'sked for, or told: 's'kipped, …
    std::set<SystemTime> asked;
  };
  // What a process leaves when it is killed.
  struct Database {
    std::optional<ScheduleMemory> memory;
    std::map<std::string, RunRecord> log;
    Seen seen;
    std::optional<SystemTime> last_asked;
  };

  std::uint64_t draw(std::uint64_t below) { return random_() % below; }
  bool chance(unsigned percent) { return draw(100) < percent; }

  const Kind& kind() const { return kKinds[kind_]; }

  ScheduleSpec spec() const {
    ScheduleSpec spec;
    spec.name = "it";
    spec.sync_type = full_ ? "full" : "todays_games";
    const auto& kind = this->kind();
    if (kind.cron != nullptr) {
      spec.cron = Cron(kind.cron);
      spec.zone = Zone(std::string_view(kind.zone));
    } else if (kind.live) {
      spec.live = LiveRule{kind.every, minutes(10)};
    } else {
      spec.every = kind.every;
      spec.aligned = kind.aligned;
    }
    if (with_jitter_) spec.jitter = kind.jitter;
    spec.catch_up = catch_up_;
    spec.overlap = overlap_;
    spec.grace = grace_;
    spec.retry = retry_;
    return spec;
  }

  bool has_nominals() const { return !kind().live && kind().aligned; }

  // Three games a day.
  std::vector<LiveGame> games() const {
    std::vector<LiveGame> list;
    const auto today = std::chrono::floor<std::chrono::days>(now_);
    for (int game = -3; game < 6; ++game) {
      const SystemTime tip = today + game * hours(8);
      const auto state = now_ < tip                            ? LiveGame::State::kScheduled
                         : now_ < tip + hours(2) + minutes(30) ? LiveGame::State::kLive
                                                               : LiveGame::State::kOver;
      list.push_back({"A @ B", tip, state});
    }
    return list;
  }
  bool game_is_due() const {
    for (const auto& game : games()) {
      if (game.tip_off - minutes(10) <= now_ && game.state != LiveGame::State::kOver) return true;
    }
    return false;
  }

  Moment moment(const std::vector<LiveGame>& games) const {
    return {now_, paused_, stopping_, games};
  }

  void apply(const Op& op) {
    random_.seed(op.choice);
    note(op.text());
    switch (op.kind) {
      case Op::kPass:
        return pass();
      case Op::kJump:
        return jump();
      case Op::kKill:
        return kill();
      case Op::kStop:
        return stop();
      case Op::kStart:
        return start();
      case Op::kEnd:
        return end_run();
      case Op::kReload:
        return reload();
      case Op::kRemove:
        return remove();
      case Op::kPause:
        return pause();
      case Op::kResume:
        return resume();
    }
  }

  // Time.

  void pass() {
    const auto periods = (1 + draw(30)) * (kind().live ? 5 : 1);
    auto left = std::chrono::duration_cast<Duration>(kind().gap / 10 * static_cast<int>(periods));
    for (int wakes = 0; left.count() > 0 && wakes < 400; ++wakes) {
      auto step = std::min<Duration>(left, hours(1));
      if (machine_ && machine_->start()) {
        // The wheel's ticks are a millisecond at the coarsest.
        const auto until = std::chrono::ceil<Duration>(*machine_->start() - now_);
        step = std::clamp<Duration>(until, Duration(0), step);
      }
      now_ += step;
      left -= step;
      silent_ += step;
      if (machine_) drive();
      if (run_ && chance(60)) end_run();
      check();
    }
  }

  void jump() {
    constexpr Duration kSizes[] = {seconds(5), minutes(3), minutes(50),     hours(5),
                                   hours(30),  hours(800), hours(24 * 400), hours(24 * 9'000)};
    const auto size = kSizes[draw(std::size(kSizes))] * static_cast<int>(1 + draw(3)) / 2;
    const bool back = chance(50);
    if (back && now_ - size < at("1975-01-01T00:00:00Z")) return;
    if (!back && now_ + size > at("2095-01-01T00:00:00Z")) return;
    now_ += back ? -size : size;
    disturbed_ = now_;
    silent_ = {};
    went_back_ = went_back_ || back;
    if (machine_) drive();
  }

  // The process.

  void start() {
    if (running_) return;
    running_ = true;
    stopping_ = false;
    run_.reset();
    for (auto& [id, row] : database_.log) {  // as the daemon does at its start
      if (row.status == RunStatus::kStarted)
        row = row_of(id, RunStatus::kInterrupted, "interrupted");
    }
    if (!configured_) {
      database_.memory.reset();
      pending_.clear();
      return;
    }
    disturb();
    machine_.emplace(database_.memory);
    load();
  }

  void load() {
    const auto list = games();
    const auto before = machine_->rule();
    tell(machine_->load(spec(), moment(list)));
    if (machine_->rule() != before) {  // only times from now on count
      seen_ = {};
      seen_.from = now_;
      last_asked_.reset();
      older_than_.reset();
    }
    const auto* waiting = std::get_if<RetryWaiting>(&machine_->run());
    retry_at_ = waiting == nullptr ? std::nullopt : std::optional(waiting->at);
    const auto* left = std::get_if<UnderWay>(&machine_->run());
    if (left != nullptr && !run_) {
      const auto row = database_.log.find(left->run_id);
      const UnderWay was = *left;
      const bool began = row != database_.log.end();
      if (!began) unask(was.turn);
      const auto tells = machine_->recover(began ? &row->second : nullptr, moment(list));
      tell(tells);
      if (began) check_retry(was.turn, was.outdated, row->second, tells);
    }
    drive();
  }

  void kill() {
    if (!running_) return;
    running_ = false;
    machine_.reset();
    database_ = durable_;
    pending_.clear();
    if (const auto& memory = database_.memory) {
      pending_.insert(memory->backlog.begin(), memory->backlog.end());
    }
    seen_ = database_.seen;
    last_asked_ = database_.last_asked;
  }

  void stop() {
    if (!running_) return;
    stopping_ = true;
    if (machine_) drive();
    if (run_) {
      const bool began = run_->began;
      end_with(RunStatus::kInterrupted, "interrupted", began ? 1 : 0);
    }
    flush();
    running_ = false;
    machine_.reset();
  }

  void reload() {
    const auto kind = std::min(draw(std::size(kKinds) + 2), std::size(kKinds) - 1);  // often live
    const bool other = chance(50);
    if (other || !configured_) kind_ = kind;
    const bool full = chance(50);
    with_jitter_ = chance(60);
    catch_up_ = static_cast<CatchUp>(draw(3));
    overlap_ = static_cast<Overlap>(draw(2));
    grace_ = chance(50) ? Duration(hours(24)) : Duration(minutes(30));
    if (chance(50)) retry_ = RetryRule{static_cast<int>(draw(4)), minutes(1 + draw(4))};
    if (kKinds[kind_].live || chance(80)) {
      full_ = full && !kKinds[kind_].live;
    }
    configured_ = true;
    note(format("it is {} now, catch-up {}, jitter {}", this->kind().name,
                static_cast<int>(catch_up_), with_jitter_));
    if (!running_) return;
    disturb();
    if (!machine_) machine_.emplace(std::nullopt);
    load();
  }

  void remove() {
    configured_ = false;
    if (!running_) return;
    machine_.reset();
    run_.reset();  // nobody asks for it any more
    pending_.clear();
    database_.memory.reset();
    flush();
  }

  void pause() {
    if (!running_ || paused_) return;
    paused_ = true;
    flush_after([&] {
      if (machine_) tell(machine_->pause());
    });
  }

  void resume() {
    if (!running_ || !paused_) return;
    paused_ = false;
    disturb();
    if (machine_) machine_->resume(now_);
    unasked_.clear();  // nothing of before the pause is made up for
    seen_.from = std::max(seen_.from, now_);
    flush_after([] {});
  }

  template <typename Change>
  void flush_after(const Change& change) {
    change();
    if (machine_) drive();
    flush();
  }

  void disturb() {
    disturbed_ = now_;
    silent_ = {};
  }

  // The database.

  void save() {
    if (machine_) database_.memory = machine_->memory();
    database_.seen = seen_;
    database_.last_asked = last_asked_;
  }
  void flush() {
    save();
    durable_ = database_;
  }

  RunRecord row_of(const std::string& id, RunStatus status, const std::string& code) {
    RunRecord row;
    row.run_id = id;
    row.sync_type = full_ ? "full" : "todays_games";
    row.status = status;
    row.error_code = code;
    row.error_message = code;
    return row;
  }

  // The service.

  void drive() {
    const auto list = games();
    watch_the_clock();
    for (int turns = 0;; ++turns) {
      hold(turns < 100, "it asks without end");
      const auto step = machine_->advance(moment(list));
      tell(step.tells);
      if (!step.ask) break;
      asked(*step.ask, list);
    }
    if (std::exchange(wrong_clock_, false)) forget_future();
    save();
    if (chance(80)) flush();
  }

  void asked(const Ask& ask, const std::vector<LiveGame>& list) {
    note(format("asked for {}, retry {}: {}", format_utc(ask.turn.nominal), ask.turn.retry,
                ask.cause));
    const auto where =
        format("{} at {}", format_utc(ask.turn.nominal, true), format_utc(now_, true));
    hold(!paused_ && !stopping_, "asked while paused or stopping: " + where);
    hold(!run_, "a second run at once: " + where);
    hold(!ask.cause.empty(), "no cause: " + where);
    silent_ = {};
    went_back_ = went_back_ && has_nominals() && latest_known() > now_;
    if (ask.turn.retry == 0) {
      asked_first(ask, where);
    } else {
      hold(retry_at_ && *retry_at_ <= now_, "a retry before its time: " + where);
      hold(ask.decision == DecisionKind::kRetried, "a retry that is not told as one");
      for (auto later = seen_.times.upper_bound(std::max(ask.turn.nominal, failed_after_));
           later != seen_.times.end(); ++later) {
        // What was dropped has not come, by the clock that is right.
        hold(later->second == 's' || later->second == 'j' || later->second == 'd',
             format("a retry, though {} has come: {}", format_utc(later->first), where));
      }
    }
    retry_at_.reset();
    const auto id = format("run-{}", ++ids_);
    if (chance(4)) {
      machine_->skipped(moment(list));
      return;
    }
    machine_->asked(id);
    run_ = Run{id, ask, false};
    if (chance(4)) {  // refused
      run_.reset();
      Admission admission;
      admission.refusal = Refusal{Errc::kQueueFull, "the queue is full", {}, 0};
      auto row = row_of(id, RunStatus::kFailed, "queue-full");
      const auto tells = machine_->admitted(id, admission, moment(list));
      tell(tells);
      check_retry(ask.turn, false, row, tells);
      return;
    }
    Admission admission{id, Disposition::kStarted, {}};
    if (chance(4)) {  // another's run
      admission.run_id = run_->id = id + "-twin";
      admission.disposition = Disposition::kJoined;
    }
    tell(machine_->admitted(id, admission, moment(list)));
    if (chance(70)) begin();
  }

  void asked_first(const Ask& ask, const std::string& where) {
    const auto nominal = ask.turn.nominal;
    decided(nominal, "asked for");
    if (!has_nominals()) return;
    hold(nominal > seen_.from || unasked_.contains(nominal),
         "of a time that does not count: " + where);
    hold(!last_asked_ || *last_asked_ < nominal, "out of order: " + where);
    last_asked_ = nominal;
    seen_.asked.insert(nominal);
    if (ask.decision == DecisionKind::kFired) {
      hold(now_ - nominal <= kind().jitter + kMinute, "told as punctual, but late: " + where);
    }
  }

  void begin() {
    if (!run_ || run_->began) return;
    run_->began = true;
    database_.log[run_->id] = row_of(run_->id, RunStatus::kStarted, "");
    flush();  // a run begins when its row is durable, and what was written before it is
  }

  void end_run() {
    if (!run_ || !running_) return;
    if (!run_->began && chance(10)) return end_with(RunStatus::kTimeout, "lock-timeout", 0);
    begin();
    constexpr std::pair<RunStatus, const char*> kEnds[] = {
        {RunStatus::kSuccess, ""},
        {RunStatus::kSuccess, ""},
        {RunStatus::kSuccess, ""},
        {RunStatus::kFailed, "upstream-status"},
        {RunStatus::kFailed, "upstream-status"},
        {RunStatus::kFailed, "upstream-malformed"},
        {RunStatus::kFailed, "upstream-empty"},
        {RunStatus::kTimeout, "run-timeout"},
        {RunStatus::kCancelled, "cancelled"},
    };
    const auto& [status, code] = kEnds[draw(std::size(kEnds))];
    end_with(status, code, 1);
  }

  void end_with(RunStatus status, const char* code, int thread) {
    const Run run = *std::exchange(run_, std::nullopt);
    note(format("{} ends {} {}", run.id, to_string(status), code));
    auto row = row_of(run.id, status, code);
    row.thread_id = thread;
    row.inserted = 1;
    database_.log[run.id] = row;
    if (!machine_) return;
    const auto list = games();
    const auto* under_way = std::get_if<UnderWay>(&machine_->run());
    const bool its_own = under_way != nullptr && under_way->run_id == run.id;
    const bool outdated = its_own && under_way->outdated;
    const bool never_ran = status == RunStatus::kInterrupted && thread == 0;
    if (its_own && never_ran) unask(run.ask.turn);
    if (its_own) silent_ = {};
    const auto tells = machine_->ended(row, moment(list));
    tell(tells);
    if (its_own && !never_ran) check_retry(run.ask.turn, outdated, row, tells);
    drive();
  }

  // What the run of a turn that never began is: not asked for yet.
  void unask(const Turn& turn) {
    if (turn.retry > 0) {
      retry_at_ = now_;
      return;
    }
    unasked_.insert(turn.nominal);
    seen_.times.erase(turn.nominal);
    seen_.asked.erase(turn.nominal);
    last_asked_ = seen_.asked.empty() ? std::nullopt : std::optional(*seen_.asked.rbegin());
  }

  // What must hold.

  void decided(SystemTime nominal, const char* how) {
    pending_.erase(nominal);
    if (!has_nominals()) return;
    hold(seen_.times.emplace(nominal, *how).second,
         format("{} decided twice, now {} at {}", format_utc(nominal, true), how,
                format_utc(now_, true)));
  }

  void tell(const std::vector<Tell>& tells) {
    for (const auto& tell : tells) {
      note(format("{}: {}", to_string(tell.kind), tell.reason));
      hold(!tell.reason.empty(), "told without a reason");
      const bool dropped = tell.reason.find("not made up for:") != std::string::npos;
      for (const auto time : tell.times) {
        decided(time, dropped ? "dropped" : to_string(tell.kind).data());
      }
      if (tell.kind == DecisionKind::kGaveUp) retry_at_.reset();
      if (has_nominals() && tell.all_before) older_than_ = *tell.all_before;
      if (tell.times.empty()) continue;
      silent_ = {};
      if (!has_nominals()) continue;
      if (tell.kind == DecisionKind::kMissed && !dropped) {
        hold(tell.times.front() > seen_.from,
             format("{} is none that counts, but missed", format_utc(tell.times.front())));
        hold(tell.times.back() <= disturbed_ || paused_,
             format("{} missed at {}, though nothing had happened since {}",
                    format_utc(tell.times.back(), true), format_utc(now_, true),
                    format_utc(disturbed_, true)));
      }
    }
  }

  // After an end without success: it is tried again, at the right time, or told why not.
  void check_retry(const Turn& turn, bool outdated, const RunRecord& row,
                   const std::vector<Tell>& tells) {
    const auto rule = retry_of(machine_->spec());
    const auto* waiting = std::get_if<RetryWaiting>(&machine_->run());
    if (row.status == RunStatus::kSuccess || rule.times == 0) {
      hold(waiting == nullptr, "a retry of what needs none");
      return;
    }
    const auto gave_up = std::ranges::count(tells, DecisionKind::kGaveUp, &Tell::kind);
    hold((waiting != nullptr) + gave_up == 1, "a failed run is neither retried nor given up");
    if (waiting == nullptr) return;
    hold(!kind().live, "a retry of a live schedule");
    hold(!outdated && !paused_, "a retry under another configuration, or while paused");
    hold(row.status != RunStatus::kCancelled && row.error_code != "upstream-malformed",
         "a retry of what cannot improve");
    hold(row.error_code != "upstream-empty" || turn.retry == 0, "a second retry of a short answer");
    hold(waiting->turn.retry == turn.retry + 1, "retries are not counted");
    hold(waiting->turn.retry <= static_cast<unsigned>(rule.times), "too many retries");
    auto delay = rule.after;
    for (unsigned i = 0; i < turn.retry; ++i) delay *= 2;
    hold(waiting->at == now_ + delay, "a retry at the wrong time");
    if (has_nominals()) {
      const auto next =
          rule_of(machine_->spec()).next_after(std::max(now_, machine_->progress().decided_until));
      hold(next && waiting->at < *next, "a retry past the next nominal time");
    }
    retry_at_ = waiting->at;
    failed_after_ = seen_.times.empty() ? SystemTime{} : seen_.times.rbegin()->first;
  }

  // Who goes back further than the rule allows has had a wrong clock.
  void watch_the_clock() {
    if (retry_at_ && machine_) {
      if (const auto* waiting = std::get_if<RetryWaiting>(&machine_->run())) {
        auto delay = retry_of(machine_->spec()).after;
        for (unsigned i = 1; i < waiting->turn.retry; ++i) delay *= 2;
        retry_at_ = std::min(*retry_at_, now_ + delay);
      }
    }
    if (!has_nominals()) return;
    if (latest_known() <= now_ + kind().steadiness) return;
    forget_future();
    wrong_clock_ = true;  // what was still to be made up for is told by and by
  }

  // The latest time that has come, by a clock that may have gone back since.
  SystemTime latest_known() const {
    auto latest = seen_.from;
    if (!seen_.times.empty()) latest = std::max(latest, seen_.times.rbegin()->first);
    if (!machine_->backlog().empty()) latest = std::max(latest, machine_->backlog().back());
    return latest;
  }

  void forget_future() {
    std::erase_if(seen_.times, [&](const auto& item) { return item.first > now_; });
    std::erase_if(seen_.asked, [&](const auto& item) { return item > now_; });
    last_asked_ = seen_.asked.empty() ? std::nullopt : std::optional(*seen_.asked.rbegin());
    seen_.from = now_;
    older_than_.reset();
  }

  void check() {
    if (!machine_) return;
    const auto& backlog = machine_->backlog();
    for (const auto nominal : pending_) {
      hold(std::ranges::find(backlog, nominal) != backlog.end(),
           format("{} was to be made up for, and is forgotten at {}", format_utc(nominal, true),
                  format_utc(now_, true)));
    }
    pending_ = {backlog.begin(), backlog.end()};
    save();
    if (stopping_ || paused_) return;
    check_fires();
    if (has_nominals()) check_nothing_is_lost();
  }

  void check_fires() {
    const bool waits = kind().live ? game_is_due() : true;
    if (!waits) {
      silent_ = {};
      return;
    }
    if (run_) silent_ = {};
    if (run_ && !has_nominals()) return;
    const auto allowed = kind().gap + (with_jitter_ ? kind().jitter : Duration(0)) + kMinute +
                         (went_back_ ? kind().steadiness : Duration(0));
    hold(silent_ <= allowed,
         format("silent for {} at {}", format_duration(silent_), format_utc(now_)));
    hold(machine_->start().has_value(), "it waits for nothing at " + format_utc(now_));
    hold(*machine_->start() - now_ <= allowed,
         format("it waits until {} at {}", format_utc(*machine_->start()), format_utc(now_)));
  }

  // Each nominal time whose start has come is decided, or is to be made up for.
  void check_nothing_is_lost() {
    const auto& spec = machine_->spec();
    const auto rule = rule_of(spec);
    auto from = std::max(seen_.from, now_ - kind().gap * 40);
    if (older_than_) from = std::max(from, *older_than_ - Duration(1));
    for (auto next = rule.next_after(from); next && *next <= now_; next = rule.next_after(*next)) {
      if (start_of(spec, *next) > now_) break;
      const bool known = seen_.times.contains(*next) ||
                         std::ranges::find(machine_->backlog(), *next) != machine_->backlog().end();
      hold(known, format("{} is lost at {}", format_utc(*next, true), format_utc(now_, true)));
    }
    hold(machine_->backlog().size() <= kMostCatchUps, "the backlog grows");
  }

  std::mt19937_64 random_;
  SystemTime now_ = at("2026-10-25T00:10:00Z");
  std::size_t kind_ = 4;
  bool full_ = false;
  bool with_jitter_ = true;
  CatchUp catch_up_ = CatchUp::kAll;
  Overlap overlap_ = Overlap::kSkip;
  Duration grace_ = hours(24);
  std::optional<RetryRule> retry_;
  bool configured_ = true;
  bool running_ = false;
  bool stopping_ = false;
  bool paused_ = false;
  std::optional<ScheduleMachine> machine_;
  std::optional<Run> run_;
  Database database_;
  Database durable_;
  Seen seen_;
  std::optional<SystemTime> last_asked_;
  std::set<SystemTime> unasked_;  // their runs never began
  std::set<SystemTime> pending_;  // what was to be made up for when it was looked at last
  std::optional<SystemTime> retry_at_;
  SystemTime failed_after_;  // the latest time that had come when the run failed
  std::optional<SystemTime> older_than_;
  SystemTime disturbed_ = now_;
  Duration silent_{};
  bool went_back_ = false;
  bool wrong_clock_ = false;
  unsigned ids_ = 0;
  std::deque<std::string> story_;
};

std::optional<std::string> violation_of(const std::vector<Op>& ops) {
  Life life;
  try {
    life.live(ops);
  } catch (const Violation& violation) {
    return violation.what() + life.story();
  }
  return std::nullopt;
}

std::vector<Op> random_ops(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  constexpr Op::Kind kOften[] = {Op::kPass,   Op::kPass,  Op::kPass,   Op::kPass,   Op::kJump,
                                 Op::kJump,   Op::kKill,  Op::kStart,  Op::kStart,  Op::kStart,
                                 Op::kStop,   Op::kEnd,   Op::kEnd,    Op::kReload, Op::kReload,
                                 Op::kRemove, Op::kPause, Op::kResume, Op::kResume};
  std::vector<Op> ops;
  for (int i = 0; i < 60; ++i) ops.push_back({kOften[random() % std::size(kOften)], random()});
  return ops;
}

// Leaves operations out for as long as something is still violated.
std::vector<Op> shortened(std::vector<Op> ops) {
  for (std::size_t size = ops.size() / 2; size > 0;) {
    bool shorter = false;
    for (std::size_t from = 0; from + size <= ops.size();) {
      auto fewer = ops;
      const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(from);
      fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(size));
      if (violation_of(fewer)) {
        ops = std::move(fewer);
        shorter = true;
      } else {
        from += size;
      }
    }
    if (!shorter) size /= 2;
  }
  return ops;
}

TEST(ScheduleMachineTest, HoldsItsPromisesThroughRandomLives) {
  const auto first = testing::from_environment("NBASYNC_SEED", 1);
  const auto lives = std::getenv("NBASYNC_SEED") != nullptr
                         ? 1
                         : testing::from_environment("NBASYNC_LIVES", testing::rounds(200));
  for (auto seed = first; seed < first + lives; ++seed) {
    const auto ops = random_ops(seed);
    if (!violation_of(ops)) continue;
    const auto few = shortened(ops);
    std::string list;
    for (const auto& op : few) list += format(" {}", op.text());
    FAIL() << "NBASYNC_SEED=" << seed << ": " << *violation_of(few) << "\nafter" << list;
  }
}

}  // namespace
}  // namespace nbasync
