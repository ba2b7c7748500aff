#include "outlet/hooks.hpp"

#include <gmock/gmock.h>

#include <map>

#include <nlohmann/json.hpp>

#include "support/fake_clock.hpp"
#include "support/manual_executor.hpp"
#include "timer/tick.hpp"

namespace nbasync::testing {
namespace {

using End = HookAnswer::End;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class HooksTest : public ::testing::Test {
 protected:
  static HookOptions hook(const std::string& name) {
    HookOptions options;
    options.name = name;
    options.url = "http://receiver/" + name;
    options.retries = 3;
    return options;
  }

  void change(const std::string& run_id, const std::string& dataset = "teams") {
    ++seq_;
    hooks_.changed({run_id, "nba_teams", seq_, seq_, 0, 1, 0, 0, dataset});
  }
  void end(const std::string& run_id) {
    RunRecord run;
    run.run_id = run_id;
    hooks_.finished(run);
    executor_.turn();
  }
  // A run that has changed a row.
  void run(const std::string& run_id, const std::string& dataset = "teams") {
    change(run_id, dataset);
    end(run_id);
  }

  // The try that is due is made, and ends so.
  void answer(HookAnswer answer) {
    next_ = std::move(answer);
    ASSERT_EQ(executor_.jobs(), 1U);
    executor_.work_one();
    executor_.turn();
  }
  void pass(Duration time) {
    clock_.advance(time);
    wheel_.advance(to_tick(clock_.steady()));
    executor_.turn();
  }

  protocol::HookState state(std::size_t index = 0) const { return hooks_.states().at(index); }

  FakeClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  ManualExecutor executor_;
  HookAnswer next_;
  std::vector<std::string> told_;  // "HOOK RUN,RUN"
  std::map<std::string, std::string> problems_;
  std::int64_t seq_ = 0;
  Hooks hooks_{{executor_, wheel_, clock_,
                [this](const HookOptions& options, const std::string& text, const auto& stop) {
                  const auto call = nlohmann::json::parse(text);
                  std::string runs;
                  for (const auto& each : call["runs"]) {
                    runs += (runs.empty() ? "" : ",") + each["run_id"].get<std::string>();
                  }
                  told_.push_back(options.name + " " + runs + (stop.stop_requested() ? " !" : ""));
                  return next_;
                },
                [this](const std::string& part, const std::optional<Error>& why) {
                  if (why) {
                    problems_[part] = why->what();
                  } else {
                    problems_.erase(part);
                  }
                }}};
};

TEST_F(HooksTest, AreToldOfARunThatHasChangedSomething) {
  hooks_.load({hook("site")});
  end("idle");
  EXPECT_EQ(executor_.jobs(), 0U);
  change("r-1");
  EXPECT_EQ(executor_.jobs(), 0U) << "not before its end";
  end("another");
  EXPECT_EQ(executor_.jobs(), 0U) << "nor at the end of one that only waited";
  end("r-1");
  answer({});
  EXPECT_THAT(told_, ElementsAre("site r-1"));
  EXPECT_EQ(state().last_success, clock_.wall());
  EXPECT_EQ(state().successes, 1U);
  EXPECT_EQ(state().pending, 0U);
}

TEST_F(HooksTest, WhatARunLeftThatNeverEndedIsNotOfTheNext) {
  hooks_.load({hook("site")});
  change("laid down");
  run("r-2");
  answer({});
  EXPECT_THAT(told_, ElementsAre("site r-2"));
}

TEST_F(HooksTest, OneIsForSomeDatasetsOnly) {
  auto logs = hook("logs");
  logs.on = {"game_logs"};
  hooks_.load({logs});
  run("r-1", "teams");
  EXPECT_EQ(executor_.jobs(), 0U);
  run("r-2", "game_logs");
  EXPECT_EQ(executor_.jobs(), 1U);
}

TEST_F(HooksTest, OneAtATimeInTheirOrder) {
  hooks_.load({hook("a"), hook("b")});
  run("r-1");
  answer({});
  answer({});
  EXPECT_THAT(told_, ElementsAre("a r-1", "b r-1"));
  EXPECT_EQ(executor_.jobs(), 0U);
}

TEST_F(HooksTest, WhatComesMeanwhileIsToldTogether) {
  hooks_.load({hook("site")});
  run("r-1");
  run("r-2");
  run("r-3");
  EXPECT_EQ(state().pending, 3U);
  answer({});
  answer({});
  EXPECT_THAT(told_, ElementsAre("site r-1", "site r-2,r-3"));
  EXPECT_EQ(state().pending, 0U);
}

TEST_F(HooksTest, AFailedTryIsMadeAgainAfterAGrowingPause) {
  hooks_.load({hook("site")});
  run("r-1");
  answer({End::kFailed, "receiver answers with status 500"});
  EXPECT_EQ(state().failures, 1U);
  EXPECT_EQ(state().last_failure, clock_.wall());
  EXPECT_EQ(state().error, "receiver answers with status 500");
  EXPECT_THAT(problems_, IsEmpty()) << "it is tried again";
  pass(seconds(1) - Duration(1));
  EXPECT_EQ(executor_.jobs(), 0U);
  pass(Duration(1));
  answer({End::kFailed, "again"});
  pass(seconds(2) - Duration(1));
  EXPECT_EQ(executor_.jobs(), 0U);
  pass(Duration(1));
  answer({});
  EXPECT_EQ(state().error, "");
  EXPECT_THAT(told_, ElementsAre("site r-1", "site r-1", "site r-1"));
}

TEST_F(HooksTest, AReceiverMayWishForALongerPauseButNotAnyOne) {
  hooks_.load({hook("site")});
  run("r-1");
  answer({End::kFailed, "busy", seconds(7)});
  pass(seconds(6));
  EXPECT_EQ(executor_.jobs(), 0U);
  pass(seconds(1));
  answer({End::kFailed, "busy", seconds(3'600)});
  pass(seconds(60));
  EXPECT_EQ(executor_.jobs(), 1U);
}

TEST_F(HooksTest, WhatIsGivenUpIsAProblemAndToldWithTheNextRun) {
  hooks_.load({hook("site")});
  run("r-1");
  for (int i = 0; i < 3; ++i) {
    answer({End::kFailed, "receiver is away"});
    pass(minutes(1));
  }
  EXPECT_EQ(executor_.jobs(), 0U) << "three tries";
  EXPECT_THAT(problems_["hooks.site"], HasSubstr("receiver is away"));
  EXPECT_EQ(state().pending, 1U);
  run("r-2");
  answer({});
  EXPECT_EQ(told_.back(), "site r-1,r-2");
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(HooksTest, WhatIsRefusedIsNotTriedAgainByItself) {
  hooks_.load({hook("site")});
  run("r-1");
  answer({End::kRefused, "receiver answers with status 404"});
  pass(minutes(10));
  EXPECT_EQ(executor_.jobs(), 0U);
  EXPECT_EQ(problems_.size(), 1U);
}

TEST_F(HooksTest, ARunThatCameWhileItWasGivenUpIsTriedAtOnce) {
  hooks_.load({hook("site")});
  run("r-1");
  run("r-2");
  answer({End::kRefused, "no"});
  answer({});
  EXPECT_THAT(told_, ElementsAre("site r-1", "site r-1,r-2"));
}

TEST_F(HooksTest, AUnitAtWorkIsWaitedForHoweverLong) {
  hooks_.load({hook("site")});
  run("r-1");
  for (int i = 0; i < 9; ++i) {
    answer({End::kBusy, "it is activating"});
    pass(seconds(30));
  }
  EXPECT_EQ(state().failures, 0U);
  EXPECT_THAT(problems_, IsEmpty());
  answer({End::kBusy, "it is activating"});
  EXPECT_EQ(problems_.size(), 1U) << "it hangs, or never ends";
  pass(seconds(30));
  answer({});
  EXPECT_THAT(problems_, IsEmpty());
}

TEST_F(HooksTest, ASystemThatGivesNoAnswerHoldsUpNobodyForGood) {
  hooks_.load({hook("a"), hook("b")});
  run("r-1");
  ASSERT_EQ(executor_.jobs(), 1U);
  pass(seconds(15));  // its timeout, and a little more
  EXPECT_EQ(state().error, "the system gives no answer");
  ASSERT_EQ(executor_.jobs(), 2U) << "the next one's turn";
  executor_.work_one();
  executor_.turn();
  EXPECT_THAT(told_, ElementsAre("a r-1 !"));
  EXPECT_EQ(state().successes, 0U) << "nobody waits for it any more";
}

TEST_F(HooksTest, ALostTryIsTheOnlyOneOfItsHook) {
  hooks_.load({hook("a")});
  run("r-1");
  pass(seconds(15));
  EXPECT_THAT(problems_, IsEmpty()) << "it may come back before the next";
  pass(seconds(1));
  run("r-2");
  pass(minutes(10));
  EXPECT_EQ(executor_.jobs(), 1U) << "no second thread";
  EXPECT_THAT(problems_["hooks.a"], HasSubstr("the system gives no answer"));
  EXPECT_EQ(state().pending, 2U);
  executor_.work_one();  // it comes back
  executor_.turn();
  answer({});
  EXPECT_THAT(told_, ElementsAre("a r-1 !", "a r-1,r-2"));
  EXPECT_THAT(problems_, IsEmpty());
  EXPECT_EQ(executor_.jobs(), 0U);
}

TEST_F(HooksTest, OneThatIsChangedWaitsForTheTryBefore) {
  hooks_.load({hook("site")});
  run("r-1");
  auto mended = hook("site");
  mended.url = "http://receiver/other";
  hooks_.load({mended});
  executor_.turn();
  EXPECT_EQ(executor_.jobs(), 1U) << "the first is broken off, and not back";
  EXPECT_THAT(problems_, IsEmpty());
  executor_.work_one();
  executor_.turn();
  answer({});
  EXPECT_THAT(told_, ElementsAre("site r-1 !", "site r-1"));
}

TEST_F(HooksTest, AReloadTellsAgainWhatWasGivenUp) {
  hooks_.load({hook("site")});
  run("r-1");
  answer({End::kRefused, "receiver answers with status 403"});
  hooks_.load({hook("site")});
  executor_.turn();
  answer({});
  EXPECT_THAT(told_, ElementsAre("site r-1", "site r-1"));
  EXPECT_THAT(problems_, IsEmpty());
  hooks_.load({hook("site")});
  executor_.turn();
  EXPECT_EQ(executor_.jobs(), 0U) << "nothing waits";
}

TEST_F(HooksTest, AReloadKeepsWhatIsAsItWas) {
  hooks_.load({hook("a"), hook("b")});
  run("r-1");
  answer({End::kFailed, "a"});
  hooks_.load({hook("b"), hook("a")});
  EXPECT_EQ(state(1).failures, 1U);
  answer({});
  EXPECT_EQ(told_.back(), "b r-1");
  pass(seconds(1));
  answer({});
  EXPECT_EQ(told_.back(), "a r-1");
}

TEST_F(HooksTest, OneThatIsChangedTellsWhatWasNotTold) {
  hooks_.load({hook("site")});
  run("r-1");
  answer({End::kRefused, "404"});
  auto mended = hook("site");
  mended.url = "http://receiver/other";
  hooks_.load({mended});
  EXPECT_THAT(problems_, IsEmpty());
  executor_.turn();
  answer({});
  EXPECT_THAT(told_, ElementsAre("site r-1", "site r-1"));
}

TEST_F(HooksTest, OneThatIsGoneIsBrokenOffAndNoProblem) {
  hooks_.load({hook("site")});
  run("r-1");
  hooks_.load({});
  executor_.work_one();
  executor_.turn();
  EXPECT_THAT(told_, ElementsAre("site r-1 !"));
  EXPECT_THAT(hooks_.states(), IsEmpty());
  run("r-2");
  EXPECT_EQ(executor_.jobs(), 0U);
}

TEST_F(HooksTest, AfterAStopNobodyIsTold) {
  hooks_.load({hook("site")});
  run("r-1");
  answer({End::kFailed, "away"});
  hooks_.stop();
  pass(minutes(1));
  run("r-2");
  EXPECT_EQ(executor_.jobs(), 0U);
}

}  // namespace
}  // namespace nbasync::testing
