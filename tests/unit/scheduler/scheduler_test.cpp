#include "scheduler/scheduler.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "store/run_log.hpp"
#include "store/schedule_store.hpp"
#include "store/store.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_fetcher.hpp"
#include "support/manual_executor.hpp"
#include "support/small_answers.hpp"
#include "support/sync_parts.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// A scheduler over a real service, store and log of decisions, with a clock that stands still. It
// can be ended and begun anew, as a daemon is.
class SchedulerTest : public ::testing::Test {
 protected:
  // What one process has.
  struct Process {
    Process(SchedulerTest& test)
        : parts(test.place_.name(), test.executor_, test.wheel_, test.clock_, test.fetcher_,
                test.lock_),
          service(test.executor_, test.wheel_, test.clock_, parts.work(), parts.log, parts.readers,
                  parts.history(), options()),
          decisions(parts.log, parts.schedules()),
          scheduler(parts.readers, test.wheel_, test.clock_, service, decisions) {
      service.on_decision([this](Decision decision) { decisions.decided(std::move(decision)); });
      service.observe([&test](const SyncEvent& event) {
        if (event.kind == SyncEvent::Kind::kStarted) test.started_.push_back(event.sync_type);
      });
    }
    static ServiceOptions options() {
      ServiceOptions options;
      options.season = "2025-26";
      return options;
    }

    testing::SyncParts parts;
    SyncService service;
    DecisionLog decisions;
    Scheduler scheduler;
  };

  SchedulerTest() {
    testing::answer_with_two_teams(fetcher_);
    lock_.try_lock("daemon", clock_.wall());
    boot();
  }
  ~SchedulerTest() override { executor_.drain(); }

  void boot() {
    executor_.drain();
    process_.reset();
    process_ = std::make_unique<Process>(*this);
  }
  Scheduler& scheduler() { return process_->scheduler; }

  std::string ask(const SyncRequest& request) {
    std::string run_id;
    process_->service.sync(
        request, [&](const Admission& admission) { run_id = admission.run_id; }, nullptr);
    executor_.turn();
    return run_id;
  }

  static ScheduleSpec spec(const std::string& name, const std::string& type) {
    ScheduleSpec spec;
    spec.name = name;
    spec.sync_type = type;
    return spec;
  }
  static ScheduleSpec cron(const std::string& name, const std::string& expression) {
    auto result = spec(name, "teams");
    result.cron = Cron(expression);
    return result;
  }

  // Time passes second by second, and all that comes due happens; by default runs end at once.
  void pass(Duration time, bool work = true) {
    for (Duration step; time.count() > 0; time -= step) {
      step = std::min<Duration>(time, seconds(1));
      clock_.advance(step);
      turn(work);
    }
  }
  void turn(bool work = true) {
    wheel_.advance(to_tick(clock_.steady()));
    executor_.turn();
    if (work) executor_.drain();
  }
  void break_upstream() {
    fetcher_.on_get([](const Request&, const std::stop_token&) {
      throw Error(Errc::kUpstreamStatus, "status 503");
    });
  }
  // While the machine is off, or asleep.
  void lose(Duration time) { clock_.set_wall(clock_.wall() + time); }

  // "fired", "skipped", … of a schedule, oldest first.
  std::vector<std::string> decisions(const std::string& name) {
    std::vector<std::string> words;
    for (const auto& decision : scheduler().explain(name).decisions) {
      words.emplace(words.begin(), to_string(decision.kind));
    }
    return words;
  }

  testing::NewPlace place_;
  testing::FakeClock clock_;  // 2026-01-15T12:00:00Z
  testing::ManualExecutor executor_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  testing::FakeFetcher fetcher_;
  testing::TestLock lock_{place_.name()};
  std::vector<std::string> started_;
  std::unique_ptr<Process> process_;
};

TEST_F(SchedulerTest, FiresAtItsTimesAndSaysWhenNext) {
  scheduler().load({cron("hourly", "0 * * * *")});
  EXPECT_EQ(scheduler().schedules().at(0).next, *parse_utc("2026-01-15T13:00:00Z"));
  pass(hours(3));
  EXPECT_THAT(started_, ElementsAre("teams", "teams", "teams"));
  const auto state = scheduler().schedules().at(0);
  EXPECT_EQ(state.next, *parse_utc("2026-01-15T16:00:00Z"));
  EXPECT_EQ(state.last, *parse_utc("2026-01-15T15:00:00Z"));
  EXPECT_EQ(state.last_status, RunStatus::kSuccess);
  EXPECT_THAT(decisions("hourly"), ElementsAre("fired", "fired", "fired"));
  EXPECT_EQ(process_->parts.find(state.last_run_id)->triggered_by, "schedule:hourly");
}

TEST_F(SchedulerTest, JitterIsTheSameAfterARestart) {
  auto jittered = cron("hourly", "0 * * * *");
  jittered.jitter = minutes(30);
  scheduler().load({jittered});
  const auto before = scheduler().schedules().at(0).next;
  EXPECT_GT(before, *parse_utc("2026-01-15T13:00:00Z"));
  boot();
  scheduler().load({jittered});
  EXPECT_EQ(scheduler().schedules().at(0).next, before);
}

TEST_F(SchedulerTest, AWeeklyJobFiresOnAMachineThatIsRestartedDaily) {
  const auto weekly = cron("weekly", "0 18 * * sun");  // 2026-01-15 is a Thursday
  for (int day = 0; day < 14; ++day) {
    boot();
    scheduler().load({weekly});
    pass(hours(4));
    lose(hours(20));  // off from 16:00 on, also on Sunday
  }
  EXPECT_THAT(started_, ElementsAre("teams", "teams"));
  EXPECT_THAT(decisions("weekly"), ElementsAre("caught-up", "caught-up"));
}

TEST_F(SchedulerTest, AClockSetForwardMakesUpOnceAndSetBackRepeatsNothing) {
  scheduler().load({cron("hourly", "0 * * * *")});
  pass(minutes(30));
  lose(hours(3));
  scheduler().clock_set(hours(3));
  turn();
  EXPECT_THAT(decisions("hourly"), ElementsAre("missed", "caught-up"));
  lose(-hours(2));
  scheduler().clock_set(-hours(2));
  EXPECT_EQ(scheduler().schedules().at(0).next, *parse_utc("2026-01-15T16:00:00Z"));
  pass(hours(2));
  EXPECT_EQ(started_.size(), 1) << "13:30 to 15:30 for the second time";
  pass(hours(1));
  EXPECT_EQ(started_.size(), 2);
}

TEST_F(SchedulerTest, CatchUpAllRunsWhatWasMissedOneAfterAnother) {
  auto all = cron("hourly", "0 * * * *");
  all.catch_up = CatchUp::kAll;
  scheduler().load({all});
  lose(hours(3));
  scheduler().clock_set(hours(3));
  executor_.turn();
  EXPECT_EQ(started_.size(), 1);
  turn();
  EXPECT_EQ(started_.size(), 3);
  EXPECT_EQ(run_log::list(*process_->parts.database.connect_reader(), 10, {}, {}).size(), 3);
}

TEST_F(SchedulerTest, CatchUpNoneRecordsWhatWasMissed) {
  auto none = cron("hourly", "0 * * * *");
  none.catch_up = CatchUp::kNone;
  scheduler().load({none});
  lose(hours(2) + minutes(30));
  scheduler().clock_set(hours(2));
  turn();
  EXPECT_THAT(started_, IsEmpty());
  const auto explanation = scheduler().explain("hourly");
  ASSERT_EQ(explanation.decisions.size(), 1);
  EXPECT_EQ(to_string(explanation.decisions[0].kind), "missed");
  EXPECT_THAT(explanation.decisions[0].reason,
              HasSubstr("2 times, the last 2026-01-15T14:00:00Z: the daemon did not run then, or "
                        "the clock was set forward; catch_up is none"));
}

TEST_F(SchedulerTest, ARunBesideItsTwinIsSkippedWithTheReason) {
  scheduler().load({cron("minutely", "* * * * *")});
  pass(minutes(2), false);  // the first run does not end
  EXPECT_THAT(decisions("minutely"), ElementsAre("fired", "skipped"));
  EXPECT_THAT(scheduler().explain("minutely").decisions[0].reason,
              HasSubstr("due at 2026-01-15T12:02:00Z, but its run "));
  executor_.drain();
  pass(minutes(1));
  EXPECT_THAT(decisions("minutely"), ElementsAre("fired", "skipped", "fired"));
}

TEST_F(SchedulerTest, OverlapJoinCountsAsTheRunThatRuns) {
  auto joining = cron("minutely", "* * * * *");
  joining.overlap = Overlap::kJoin;
  scheduler().load({joining});
  SyncRequest request;
  request.sync_type = "teams";
  request.triggered_by = "dbus";
  const auto run = ask(request);
  pass(minutes(1), false);
  EXPECT_THAT(decisions("minutely"), ElementsAre("joined"));
  executor_.drain();
  EXPECT_EQ(scheduler().schedules().at(0).last_run_id, run);
  EXPECT_EQ(scheduler().schedules().at(0).last_status, RunStatus::kSuccess);
}

TEST_F(SchedulerTest, ARunWaitsForAnotherTypesRun) {
  scheduler().load({cron("minutely", "* * * * *")});
  SyncRequest request;
  request.sync_type = "schedule";
  process_->service.sync(request, nullptr, nullptr);
  pass(minutes(1), false);
  EXPECT_EQ(process_->service.queue_length(), 1);
  executor_.drain();
  EXPECT_THAT(started_, ElementsAre("schedule", "teams"));
}

TEST_F(SchedulerTest, ABacklogGoesOnFromTheEndOfARunWhileOthersWait) {
  auto hourly = cron("hourly", "0 * * * *");
  hourly.catch_up = CatchUp::kAll;
  auto other = cron("other", "0 * * * *");
  other.sync_type = "schedule";
  scheduler().load({hourly, other});
  lose(hours(2) + minutes(5));
  scheduler().clock_set(hours(2));
  SyncRequest request;
  request.sync_type = "game_logs";
  ask(request);
  executor_.drain();
  EXPECT_THAT(started_, UnorderedElementsAre("teams", "schedule", "game_logs", "teams"));
  EXPECT_THAT(decisions("hourly"), ElementsAre("caught-up", "caught-up"));
}

TEST_F(SchedulerTest, PauseHoldsAcrossARestartAndWhatCameDueIsNotMissed) {
  const auto hourly = cron("hourly", "0 * * * *");
  scheduler().load({hourly});
  scheduler().pause("dbus :1.7");
  pass(hours(2));
  boot();
  scheduler().load({hourly});
  EXPECT_TRUE(scheduler().paused());
  EXPECT_EQ(scheduler().schedules().at(0).next, std::nullopt);
  pass(hours(2));
  scheduler().resume("dbus :1.7");
  turn();
  EXPECT_THAT(started_, IsEmpty());
  EXPECT_THAT(decisions("hourly"), IsEmpty());
  pass(hours(1));
  EXPECT_EQ(started_.size(), 1);
}

TEST_F(SchedulerTest, AReloadKeepsTheStateOfWhatStaysAndForgetsWhatGoes) {
  const auto hourly = cron("hourly", "0 * * * *");
  scheduler().load({hourly, cron("other", "30 * * * *")});
  pass(hours(1));
  lose(minutes(70));  // 14:10: both have been missed
  scheduler().load({hourly, cron("other", "20 * * * *")});
  turn();
  EXPECT_THAT(decisions("hourly"), ElementsAre("fired", "caught-up"));
  EXPECT_THAT(decisions("other"), ElementsAre("fired")) << "another rule knows no past";
  scheduler().load({cron("other", "20 * * * *")});
  turn();
  EXPECT_THROW(scheduler().explain("hourly"), Error);
  EXPECT_EQ(process_->parts.schedules().memories.count("hourly"), 0);
}

TEST_F(SchedulerTest, AnUnalignedPeriodCountsFromTheEndOfItsRun) {
  auto every = spec("every", "teams");
  every.every = minutes(10);
  every.aligned = false;
  scheduler().load({every});
  turn(false);
  EXPECT_EQ(started_.size(), 1) << "the first at once";
  pass(minutes(15), false);
  EXPECT_EQ(started_.size(), 1) << "it runs";
  executor_.drain();
  pass(minutes(9));
  EXPECT_EQ(started_.size(), 1);
  pass(minutes(1));
  EXPECT_EQ(started_.size(), 2);
}

TEST_F(SchedulerTest, AnUnalignedPeriodThatIsNotMadeUpForRunsAPeriodFromNow) {
  auto every = spec("every", "teams");
  every.every = hours(24);
  every.aligned = false;
  every.catch_up = CatchUp::kNone;
  scheduler().load({every});
  turn();
  ASSERT_EQ(started_.size(), 1);
  boot();
  lose(hours(72));
  scheduler().load({every});
  turn();
  EXPECT_THAT(decisions("every"), ElementsAre("fired", "missed"));
  EXPECT_EQ(scheduler().schedules().at(0).next, clock_.wall() + hours(24));
  pass(hours(24));
  EXPECT_EQ(started_.size(), 2);
}

TEST_F(SchedulerTest, APeriodGoesOnWhenTheClockIsSetBack) {
  auto aligned = spec("aligned", "teams");
  aligned.every = minutes(1);
  auto unaligned = spec("unaligned", "schedule");
  unaligned.every = minutes(10);
  unaligned.aligned = false;
  scheduler().load({aligned, unaligned});
  pass(minutes(30));
  const auto before = started_.size();
  lose(-hours(1));
  scheduler().clock_set(-hours(1));
  pass(minutes(10));
  EXPECT_EQ(
      std::ranges::count(started_.begin() + static_cast<long>(before), started_.end(), "teams"),
      10);
  EXPECT_EQ(
      std::ranges::count(started_.begin() + static_cast<long>(before), started_.end(), "schedule"),
      1);
}

TEST_F(SchedulerTest, ALiveScheduleSleepsUntilBeforeTipOffThenPolls) {
  testing::execute(
      place_.name(),
      "INSERT INTO games (id, game_time_utc, status) VALUES ('001', '2026-01-15T14:00:00Z', "
      "'scheduled')");
  auto live = spec("live", "todays_games");
  live.live = LiveRule{seconds(30), minutes(10)};
  scheduler().load({live});
  turn();
  EXPECT_EQ(scheduler().schedules().at(0).next, *parse_utc("2026-01-15T13:50:00Z"));
  pass(hours(1) + minutes(49));
  EXPECT_THAT(started_, IsEmpty());
  pass(minutes(2));
  EXPECT_THAT(started_, ElementsAre("todays_games", "todays_games", "todays_games"));
  testing::execute(place_.name(), "UPDATE games SET status = 'final'");
  pass(minutes(5));
  const auto polls = started_.size();
  EXPECT_EQ(scheduler().schedules().at(0).next, std::nullopt);
  pass(hours(1));
  EXPECT_EQ(started_.size(), polls);
}

TEST_F(SchedulerTest, AFailedRunIsTriedAgainAndBothAreTold) {
  scheduler().load({cron("daily", "0 13 * * *")});
  break_upstream();
  pass(hours(1));
  auto state = scheduler().schedules().at(0);
  EXPECT_EQ(state.last_status, RunStatus::kFailed);
  EXPECT_EQ(state.next, *parse_utc("2026-01-15T13:05:00Z"));
  EXPECT_EQ(state.retry_at, state.next);
  EXPECT_EQ(state.retry, 1);
  EXPECT_THAT(state.why, HasSubstr("retry 1 of 3: run "));
  pass(minutes(5));
  EXPECT_EQ(scheduler().schedules().at(0).retry_at, *parse_utc("2026-01-15T13:15:00Z"));
  fetcher_.on_get(nullptr);
  pass(minutes(10));
  state = scheduler().schedules().at(0);
  EXPECT_EQ(state.last_status, RunStatus::kSuccess);
  EXPECT_EQ(state.next, *parse_utc("2026-01-16T13:00:00Z"));
  EXPECT_EQ(state.retry_at, std::nullopt);
  EXPECT_THAT(decisions("daily"), ElementsAre("fired", "retried", "retried"));
}

TEST_F(SchedulerTest, AFullRunIsTriedAgainForTheStepsThatItLacks) {
  auto daily = cron("daily", "0 13 * * *");
  daily.sync_type = "full";
  scheduler().load({daily});
  pass(hours(1) + minutes(6));  // teams and schedule are answered, the others are not
  EXPECT_THAT(started_, ElementsAre("full", "full"));
  const auto last = process_->parts.find(scheduler().schedules().at(0).last_run_id);
  std::vector<std::string> steps;
  for (const auto& step : last->steps) steps.push_back(step.sync_type);
  EXPECT_THAT(steps, ElementsAre("season_stats", "game_logs", "todays_games", "players",
                                 "player_game_logs", "player_season_stats"));
}

TEST_F(SchedulerTest, ARetryThatWaitsSurvivesARestart) {
  const auto daily = cron("daily", "0 13 * * *");
  scheduler().load({daily});
  break_upstream();
  pass(hours(1) + minutes(1));
  fetcher_.on_get(nullptr);
  boot();
  scheduler().load({daily});
  turn();
  EXPECT_EQ(scheduler().schedules().at(0).next, *parse_utc("2026-01-15T13:05:00Z"));
  pass(minutes(4));
  EXPECT_THAT(decisions("daily"), ElementsAre("fired", "retried"));
  EXPECT_EQ(scheduler().schedules().at(0).last_status, RunStatus::kSuccess);
}

TEST_F(SchedulerTest, ABacklogSurvivesARestart) {
  auto all = cron("hourly", "0 * * * *");
  all.catch_up = CatchUp::kAll;
  scheduler().load({all});
  fetcher_.on_get([this](const Request&, const std::stop_token&) {  // of the first of three
    fetcher_.on_get(nullptr);
    scheduler().stop();
    process_->service.shut_down([] {});
  });
  lose(hours(3) + minutes(5));
  scheduler().clock_set(hours(3));
  boot();
  ASSERT_EQ(started_.size(), 1);
  scheduler().load({all});
  turn();
  EXPECT_EQ(started_.size(), 3);
  EXPECT_THAT(decisions("hourly"), ElementsAre("caught-up", "gave-up", "caught-up", "caught-up"));
}

TEST_F(SchedulerTest, ARunThatNeverBeganIsMadeUpForAfterARestart) {
  scheduler().load({cron("hourly", "0 * * * *")});
  SyncRequest request;
  request.sync_type = "schedule";
  pass(minutes(59));
  ask(request);
  pass(minutes(3), false);  // due, and behind the other
  ASSERT_EQ(process_->service.queue_length(), 1);
  scheduler().stop();
  process_->service.shut_down([] {});
  boot();
  scheduler().load({cron("hourly", "0 * * * *")});
  turn();
  EXPECT_THAT(started_, ElementsAre("schedule", "teams"));
  EXPECT_THAT(decisions("hourly"), ElementsAre("fired", "caught-up"));
}

TEST_F(SchedulerTest, AReloadThatChangesTheSyncTypeNeverHasTwoRunsAtOnce) {
  auto minutely = cron("minutely", "* * * * *");
  scheduler().load({minutely});
  pass(minutes(1), false);
  minutely.sync_type = "schedule";
  scheduler().load({minutely});
  pass(minutes(1), false);
  EXPECT_EQ(process_->service.queue_length(), 0);
  EXPECT_THAT(decisions("minutely"), ElementsAre("fired", "skipped"));
  executor_.drain();
  pass(minutes(1));
  EXPECT_THAT(started_, ElementsAre("teams", "schedule"));
}

TEST_F(SchedulerTest, AReloadThatRestoresAScheduleRepeatsNothing) {
  const auto hourly = cron("hourly", "0 * * * *");
  scheduler().load({hourly});
  pass(minutes(1));
  boot();
  scheduler().load({hourly});
  pass(hours(2));
  ASSERT_EQ(started_.size(), 2);
  scheduler().load({});
  scheduler().load({hourly});
  turn();
  EXPECT_EQ(started_.size(), 2) << "what ran since the start of the process";
}

TEST_F(SchedulerTest, RequestsAreRecordedToo) {
  SyncRequest request;
  request.sync_type = "nonsense";
  request.triggered_by = "dbus";
  request.requester = "dbus :1.7";
  process_->service.sync(request, nullptr, nullptr);
  request.sync_type = "teams";
  process_->service.sync(request, nullptr, nullptr);
  executor_.drain();
  const auto decisions = process_->parts.schedules().decisions;
  ASSERT_EQ(decisions.size(), 2);
  EXPECT_EQ(to_string(decisions[0].kind), "refused");
  EXPECT_THAT(decisions[0].reason, HasSubstr("unknown sync type 'nonsense'"));
  EXPECT_EQ(to_string(decisions[1].kind), "requested");
  EXPECT_EQ(decisions[1].reason, "by dbus :1.7");
}

TEST_F(SchedulerTest, AnUnknownScheduleIsAnsweredWithTheNearest) {
  scheduler().load({cron("nightly", "0 9 * * *")});
  try {
    scheduler().explain("nightyl");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kUnknownSchedule);
    EXPECT_STREQ(error.what(), "there is no schedule 'nightyl'; did you mean 'nightly'?");
  }
}

}  // namespace
}  // namespace nbasync
