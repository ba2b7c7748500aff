#include "scheduler/backfill_machine.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "support/rounds.hpp"

namespace nbasync::backfill {  // beside the lives of schedules
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Kind = BackfillMachine::Ask::Kind;

RunRecord run_of(const std::string& id, RunStatus status, std::int64_t requests = 20) {
  RunRecord run;
  run.run_id = id;
  run.sync_type = "full";
  run.status = status;
  run.thread_id = 1;
  run.requests = requests;
  if (status == RunStatus::kFailed) run.error_code = "upstream-status";
  if (status == RunStatus::kCancelled) run.error_code = "cancelled";
  if (status == RunStatus::kInterrupted) run.error_code = "interrupted";
  return run;
}

// A machine that is told the time and what becomes of its asks.
class BackfillMachineTest : public ::testing::Test {
 protected:
  // The season whose run is asked for now, once it was looked at and is not whole; "" if none is.
  std::string ask(const std::string& id) {
    for (;;) {
      const auto wanted = machine_.advance({now_, paused_});
      if (!wanted) return "";
      if (wanted->kind == Kind::kRun) {
        machine_.asked(id, now_);
        return wanted->season;
      }
      machine_.examined(wanted->season, whole_.contains(wanted->season));
    }
  }
  void end(const std::string& id, RunStatus status, std::int64_t requests = 20) {
    machine_.ended(run_of(id, status, requests), now_);
  }
  std::vector<std::string> states() const {
    std::vector<std::string> words;
    for (const auto& season : machine_.seasons()) words.emplace_back(to_string(season.state()));
    return words;
  }
  // A new process; `run` is what the log has of the one under way.
  void restart(const RunRecord* run) {
    machine_ = BackfillMachine(machine_.memory());
    machine_.recover(run, now_);
  }

  SystemTime now_ = *parse_utc("2026-01-15T12:00:00Z");
  bool paused_ = false;
  std::set<std::string> whole_;
  BackfillMachine machine_{BackfillMemories()};
};

TEST_F(BackfillMachineTest, NewestFirstOneAfterAnotherAndWholeOnesNotAtAll) {
  whole_ = {"2016-17"};
  machine_.begin({"2015-16", "2016-17", "2017-18"});
  EXPECT_EQ(ask("a"), "2017-18");
  EXPECT_EQ(ask("b"), "") << "the one before has not ended";
  now_ += hours(1);
  end("a", RunStatus::kSuccess);
  EXPECT_EQ(ask("b"), "2015-16");
  end("b", RunStatus::kSuccess);
  EXPECT_EQ(ask("c"), "");
  EXPECT_THAT(states(), ElementsAre("done", "whole", "done"));
  EXPECT_FALSE(machine_.is_open());
}

TEST_F(BackfillMachineTest, TwentyRequestsAMinuteArePaidBackBeforeTheNextRun) {
  machine_.begin({"2016-17", "2017-18"});
  ask("a");
  const auto asked = now_;
  now_ += seconds(12);
  end("a", RunStatus::kSuccess, 40);
  EXPECT_EQ(ask("b"), "");
  EXPECT_EQ(machine_.start(), asked + minutes(2));
  EXPECT_THAT(machine_.why(), HasSubstr("asked 20 times a minute at the most"));
  restart(nullptr);
  now_ = asked + minutes(2) - seconds(1);
  EXPECT_EQ(ask("b"), "") << "over a restart, too";
  now_ += seconds(1);
  EXPECT_EQ(ask("b"), "2016-17");
  machine_.stop();
  end("b", RunStatus::kCancelled, 40);
  machine_.begin({"1999-00"});
  EXPECT_EQ(ask("c"), "") << "another backfill pays, too";
  now_ += minutes(2);
  EXPECT_EQ(ask("c"), "1999-00");
}

TEST_F(BackfillMachineTest, AFailureIsTriedAgainWhileOthersHaveTheirTurnAndThenLeftWithItsReason) {
  machine_.begin({"2016-17", "2017-18"});
  ask("a");
  end("a", RunStatus::kFailed, 0);
  EXPECT_EQ(ask("b"), "2016-17");
  end("b", RunStatus::kSuccess, 0);
  EXPECT_EQ(ask("c"), "");
  EXPECT_EQ(machine_.start(), now_ + minutes(5));
  for (const auto delay : {5, 10, 20}) {
    now_ += minutes(delay);
    EXPECT_EQ(ask(std::to_string(delay)), "2017-18");
    end(std::to_string(delay), RunStatus::kFailed, 0);
  }
  EXPECT_EQ(ask("d"), "");
  EXPECT_THAT(states(), ElementsAre("failed", "done"));
  EXPECT_THAT(machine_.seasons().front().run.why, HasSubstr("the last of 3 retries"));
  EXPECT_FALSE(machine_.is_open());
}

TEST_F(BackfillMachineTest, StoppedItAsksForNothingAndForgetsWhatWasUnderWay) {
  machine_.begin({"2015-16", "2016-17", "2017-18"});
  ask("a");
  end("a", RunStatus::kSuccess, 0);
  ask("b");
  EXPECT_EQ(machine_.stop(), "b");
  end("b", RunStatus::kCancelled);
  now_ += hours(1);
  EXPECT_EQ(ask("c"), "");
  EXPECT_THAT(states(), ElementsAre("done", "stopped", "stopped"));
  restart(nullptr);
  EXPECT_THAT(states(), ElementsAre("done", "stopped", "stopped"));
}

TEST_F(BackfillMachineTest, ALookThatIsAnsweredAfterAStopSaysNothing) {
  machine_.begin({"2017-18"});
  ASSERT_EQ(machine_.advance({now_})->kind, Kind::kExamine);
  machine_.stop();
  machine_.examined("2017-18", true);
  EXPECT_THAT(states(), ElementsAre("stopped"));
}

TEST_F(BackfillMachineTest, PausedItAsksForNothing) {
  machine_.begin({"2017-18"});
  paused_ = true;
  EXPECT_EQ(ask("a"), "");
  EXPECT_EQ(machine_.why(), "schedules are paused");
  paused_ = false;
  EXPECT_EQ(ask("a"), "2017-18");
}

TEST_F(BackfillMachineTest, AfterAKillWhatWasUnderWayIsAskedForAgain) {
  machine_.begin({"2016-17", "2017-18"});
  ask("a");
  restart(nullptr);  // it never began
  EXPECT_EQ(ask("b"), "2017-18");
  const auto interrupted = run_of("b", RunStatus::kInterrupted, 0);
  restart(&interrupted);
  EXPECT_EQ(ask("c"), "2017-18") << "at once";
  const auto done = run_of("c", RunStatus::kSuccess, 0);
  restart(&done);
  EXPECT_EQ(ask("d"), "2016-17");
  EXPECT_THAT(states(), ElementsAre("done", "under-way"));
}

TEST_F(BackfillMachineTest, ASeasonThatKillsTheDaemonIsGivenUp) {
  machine_.begin({"2017-18"});
  for (int tries = 0; tries < 4; ++tries) {
    ASSERT_EQ(ask("a"), "2017-18");
    auto interrupted = run_of("a", RunStatus::kInterrupted, 0);
    interrupted.thread_id = 0;  // as the log has it of a run that was not ended
    restart(&interrupted);
  }
  EXPECT_EQ(ask("b"), "");
  EXPECT_THAT(states(), ElementsAre("failed"));
}

TEST_F(BackfillMachineTest, AStopOfTheDaemonIsNoFailure) {
  machine_.begin({"2017-18"});
  for (int stops = 0; stops < 6; ++stops) {
    ASSERT_EQ(ask("a"), "2017-18");
    end("a", RunStatus::kInterrupted, 0);
    restart(nullptr);
  }
}

TEST_F(BackfillMachineTest, AnUpstreamOfOnesOwnNeedsNoSparing) {
  machine_.set_per_request({});
  machine_.begin({"2016-17", "2017-18"});
  ask("a");
  end("a", RunStatus::kSuccess, 1000);
  EXPECT_EQ(ask("b"), "2016-17");
}

TEST_F(BackfillMachineTest, AClockThatIsSetBackDoesNotMakeItWaitForEver) {
  machine_.begin({"2016-17", "2017-18"});
  ask("a");
  end("a", RunStatus::kSuccess, 20);
  now_ -= hours(24 * 365);
  EXPECT_EQ(ask("b"), "");
  now_ += minutes(1);
  EXPECT_EQ(ask("b"), "2016-17");
}

// Random lives: successes, failures, stops, pauses, kills. NBASYNC_LIVES for more of them,
// NBASYNC_SEED for one again.
class Life {
 public:
  explicit Life(unsigned seed) : random_(seed) {}

  void live() {
    for (int step = 0; step < 300; ++step) {
      now_ += seconds(chance(3) ? number(1200) : number(30));
      if (chance(40)) begin();
      if (chance(60)) stop();
      if (chance(20)) paused_ = !paused_;
      if (chance(15)) kill();
      if (chance(2)) end();
      advance();
      check();
    }
    // Left alone, with an upstream that works, it comes to its end.
    paused_ = false;
    good_ = true;
    for (int step = 0; step < 200 && machine_.is_open(); ++step) {
      end();
      advance();
      now_ += minutes(5);
    }
    EXPECT_FALSE(machine_.is_open());
    for (const auto& season : machine_.seasons()) {
      if (season.state() == SeasonState::kDone) {
        EXPECT_TRUE(succeeded_.contains(season.name)) << season.name;
      }
      EXPECT_EQ(season.state() == SeasonState::kWhole, whole(season.name) && !season.stopped)
          << season.name;
    }
  }

 private:
  bool chance(unsigned one_in) { return number(one_in) == 0; }
  unsigned number(unsigned below) { return static_cast<unsigned>(random_() % below); }
  static bool whole(const std::string& season) { return season.back() == '4'; }

  void begin() {
    if (machine_.is_open()) return;
    std::vector<std::string> seasons;
    const unsigned first = 1950 + number(60);
    for (unsigned year = first; year < first + 1 + number(6); ++year) {
      seasons.push_back(format("{}-{:02}", year, (year + 1) % 100));
    }
    succeeded_.clear();
    machine_.begin(seasons);
  }
  void stop() {
    const auto run = machine_.stop();
    EXPECT_EQ(run.value_or(""), under_way_);
    if (run) finish(RunStatus::kCancelled);
  }
  // The process is killed. What it had asked for may have begun or not, and its end may be in the
  // log or not.
  void kill() {
    machine_ = BackfillMachine(machine_.memory());
    const auto fate = number(3);
    const auto status = fate == 0 ? RunStatus::kSuccess : RunStatus::kInterrupted;
    const auto run = run_of(under_way_, status, number(40));
    if (!under_way_.empty() && fate == 0) succeeded_.insert(season_);
    machine_.recover(under_way_.empty() || fate == 2 ? nullptr : &run, now_);
    under_way_.clear();
  }
  void end() {
    if (under_way_.empty()) return;
    const auto fate = number(4);
    finish(good_ || fate < 2 ? RunStatus::kSuccess
           : fate == 2       ? RunStatus::kFailed
                             : RunStatus::kCancelled);
  }
  void finish(RunStatus status) {
    const auto run = run_of(under_way_, status, number(40));
    paid_at_ = asked_at_ + seconds(3) * run.requests;
    if (status == RunStatus::kSuccess) succeeded_.insert(season_);
    under_way_.clear();
    machine_.ended(run, now_);
  }
  void advance() {
    while (const auto wanted = machine_.advance({now_, paused_})) {
      EXPECT_FALSE(paused_);
      if (wanted->kind == Kind::kExamine) {
        machine_.examined(wanted->season, whole(wanted->season));
        continue;
      }
      EXPECT_EQ(under_way_, "") << "one after another";
      EXPECT_FALSE(whole(wanted->season));
      EXPECT_FALSE(succeeded_.contains(wanted->season)) << "once is enough";
      EXPECT_GE(now_, paid_at_) << "20 requests a minute";
      EXPECT_LE(wanted->turn.retry, 3U) << "a bounded number of times";
      season_ = wanted->season;
      asked_at_ = now_;
      under_way_ = format("r{}", ++runs_);
      machine_.asked(under_way_, now_);
    }
  }
  void check() {
    const auto* season = machine_.under_way();
    EXPECT_EQ(season == nullptr ? "" : season->run.run_id, season == nullptr ? "" : under_way_);
    EXPECT_TRUE(
        std::ranges::is_sorted(machine_.seasons(), std::greater(), &BackfillMachine::Season::name));
    EXPECT_EQ(BackfillMachine(machine_.memory()).memory(), machine_.memory());
    if (machine_.is_open() && !paused_ && season == nullptr) {
      EXPECT_TRUE(machine_.start()) << "it waits for something";
      EXPECT_LE(machine_.start().value_or(now_) - now_, minutes(21));
    }
  }

  std::mt19937 random_;
  SystemTime now_ = *parse_utc("2026-01-15T12:00:00Z");
  bool paused_ = false;
  bool good_ = false;
  unsigned runs_ = 0;
  std::string under_way_;  // run
  std::string season_;     // of it
  SystemTime asked_at_{};
  SystemTime paid_at_{};
  std::set<std::string> succeeded_;
  BackfillMachine machine_{BackfillMemories()};
};

TEST(BackfillLivesTest, EachKeepsItsPromises) {
  const unsigned first = testing::from_environment("NBASYNC_SEED", 1);
  const unsigned lives = testing::from_environment("NBASYNC_LIVES", testing::rounds(200));
  for (unsigned seed = first; seed < first + lives; ++seed) {
    SCOPED_TRACE(seed);
    Life(seed).live();
    if (::testing::Test::HasFailure()) break;
  }
}

}  // namespace
}  // namespace nbasync::backfill
