#include "timer/timer_wheel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nbasync {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

class TimerWheelTest : public testing::Test {
 protected:
  // A timer that writes down its name when it fires, and then does `also`.
  std::unique_ptr<Timer> make(std::string name, std::function<void()> also = nullptr) {
    return std::make_unique<Timer>([this, name = std::move(name), also = std::move(also)] {
      fired_.push_back(name);
      if (also) also();
    });
  }

  std::vector<std::string> fired_;
  TimerWheel wheel_;
};

TEST_F(TimerWheelTest, TimerFiresAtItsTickAndNotBefore) {
  const auto a = make("a");
  wheel_.arm(*a, 1000);
  EXPECT_TRUE(a->armed());
  EXPECT_EQ(a->when(), 1000U);
  wheel_.advance(999);
  EXPECT_THAT(fired_, IsEmpty());
  wheel_.advance(1000);
  EXPECT_THAT(fired_, ElementsAre("a"));
  EXPECT_FALSE(a->armed());
  wheel_.advance(100000);
  EXPECT_THAT(fired_, ElementsAre("a"));
}

TEST_F(TimerWheelTest, OneAdvanceFiresByTickWhateverTheOrderOfArming) {
  const auto a = make("a"), b = make("b"), c = make("c");
  wheel_.arm(*c, 70'000'000);
  wheel_.arm(*a, 3);
  wheel_.arm(*b, 400);
  wheel_.advance(80'000'000);
  EXPECT_THAT(fired_, ElementsAre("a", "b", "c"));
}

TEST_F(TimerWheelTest, TimersOfOneTickFireInArmingOrderFromWhateverDistanceTheyWereArmed) {
  const auto a = make("a"), b = make("b"), c = make("c"), d = make("d");
  wheel_.arm(*a, 16'777'300);
  wheel_.advance(16'700'000);
  wheel_.arm(*b, 16'777'300);
  wheel_.advance(16'777'250);
  wheel_.arm(*c, 16'777'300);
  wheel_.arm(*d, 16'777'300);
  wheel_.advance(16'777'300);
  EXPECT_THAT(fired_, ElementsAre("a", "b", "c", "d"));
}

TEST_F(TimerWheelTest, ArmingAnewMovesTheTimerToTheEndOfItsTick) {
  const auto a = make("a"), b = make("b");
  wheel_.arm(*a, 10);
  wheel_.arm(*b, 10);
  wheel_.arm(*a, 10);
  wheel_.advance(10);
  EXPECT_THAT(fired_, ElementsAre("b", "a"));
}

TEST_F(TimerWheelTest, TickThatHasPassedFiresAtTheNextAdvance) {
  const auto a = make("a"), b = make("b");
  wheel_.advance(500);
  wheel_.arm(*a, 20);
  wheel_.arm(*b, 10);
  EXPECT_THAT(wheel_.next(), Optional(500U));
  EXPECT_EQ(a->when(), 500U);
  EXPECT_THAT(fired_, IsEmpty());
  wheel_.advance(500);
  EXPECT_THAT(fired_, ElementsAre("a", "b"));
}

TEST_F(TimerWheelTest, AdvanceToAnEarlierTickFiresOnlyWhatIsDueAndDoesNotTurnBack) {
  const auto a = make("a"), b = make("b");
  wheel_.advance(500);
  wheel_.arm(*a, 500);
  wheel_.arm(*b, 501);
  wheel_.advance(400);
  EXPECT_THAT(fired_, ElementsAre("a"));
  EXPECT_EQ(wheel_.now(), 500U);
}

TEST_F(TimerWheelTest, CancelledTimerDoesNotFireAndMayBeArmedAgain) {
  const auto a = make("a");
  wheel_.arm(*a, 10);
  a->cancel();
  a->cancel();
  EXPECT_FALSE(a->armed());
  EXPECT_EQ(wheel_.next(), std::nullopt);
  wheel_.advance(20);
  EXPECT_THAT(fired_, IsEmpty());
  wheel_.arm(*a, 30);
  wheel_.advance(30);
  EXPECT_THAT(fired_, ElementsAre("a"));
}

TEST_F(TimerWheelTest, DestroyedTimerIsCancelled) {
  auto a = make("a");
  const auto b = make("b");
  wheel_.arm(*a, 10);
  wheel_.arm(*b, 10);
  a.reset();
  wheel_.advance(10);
  EXPECT_THAT(fired_, ElementsAre("b"));
}

TEST_F(TimerWheelTest, NextIsTheEarliestTimerExactlyAtAnyDistance) {
  const auto a = make("a"), b = make("b"), c = make("c");
  EXPECT_EQ(wheel_.next(), std::nullopt);
  wheel_.arm(*a, 9'000'000'000);
  EXPECT_THAT(wheel_.next(), Optional(9'000'000'000U));
  wheel_.arm(*b, 8'999'999'999);
  EXPECT_THAT(wheel_.next(), Optional(8'999'999'999U));
  wheel_.arm(*c, 12'000'000'000);
  EXPECT_THAT(wheel_.next(), Optional(8'999'999'999U));
  b->cancel();
  EXPECT_THAT(wheel_.next(), Optional(9'000'000'000U));
  wheel_.advance(9'000'000'000);
  EXPECT_THAT(wheel_.next(), Optional(12'000'000'000U));
}

TEST_F(TimerWheelTest, WholeRangeOfTicksIsReachedWithoutTickingThroughIt) {
  const auto a = make("a"), b = make("b");
  wheel_.arm(*a, kNever - 1);
  wheel_.arm(*b, Tick{1} << 63);
  wheel_.advance((Tick{1} << 63) - 1);
  EXPECT_THAT(fired_, IsEmpty());
  wheel_.advance(kNever - 2);
  EXPECT_THAT(fired_, ElementsAre("b"));
  wheel_.advance(kNever - 1);
  EXPECT_THAT(fired_, ElementsAre("b", "a"));
}

TEST_F(TimerWheelTest, NeverDoesNotCome) {
  const auto a = make("a");
  wheel_.arm(*a, kNever);
  EXPECT_THAT(wheel_.next(), Optional(kNever));
  wheel_.advance(kNever);
  EXPECT_THAT(fired_, IsEmpty());
  EXPECT_TRUE(a->armed());
}

TEST_F(TimerWheelTest, CallbackSeesItsOwnTickAsTheWheelsTime) {
  std::vector<Tick> seen;
  const auto a = make("a", [&] { seen.push_back(wheel_.now()); });
  wheel_.arm(*a, 7);
  wheel_.advance(1000);
  EXPECT_THAT(seen, ElementsAre(7U));
  EXPECT_EQ(wheel_.now(), 1000U);
}

TEST_F(TimerWheelTest, PeriodicTimerFiresOnceAPeriodWithinOneAdvance) {
  std::unique_ptr<Timer> a = make("a", [&] { wheel_.arm(*a, a->when() + 250); });
  wheel_.arm(*a, 250);
  wheel_.advance(1000);
  EXPECT_EQ(fired_.size(), 4U);
  EXPECT_THAT(wheel_.next(), Optional(1250U));
}

TEST_F(TimerWheelTest, TimerArmedByACallbackForThePastFiresInTheSameAdvanceAfterThoseOfTheTick) {
  const auto late = make("late"), b = make("b"), c = make("c");
  const auto a = make("a", [&] { wheel_.arm(*late, 3); });
  wheel_.arm(*a, 10);
  wheel_.arm(*b, 10);
  wheel_.arm(*c, 11);
  wheel_.advance(10);
  EXPECT_THAT(fired_, ElementsAre("a", "b", "late"));
  wheel_.advance(11);
  EXPECT_THAT(fired_, ElementsAre("a", "b", "late", "c"));
}

TEST_F(TimerWheelTest, TimerThatArmsItselfForNowFiresOnceATick) {
  std::unique_ptr<Timer> a = make("a", [&] { wheel_.arm(*a, 0); });
  wheel_.arm(*a, 10);
  wheel_.advance(10);
  EXPECT_THAT(fired_, ElementsAre("a"));
  EXPECT_THAT(wheel_.next(), Optional(11U));
  wheel_.advance(13);
  EXPECT_THAT(fired_, ElementsAre("a", "a", "a", "a"));
}

TEST_F(TimerWheelTest, CancellingAndArmingItselfForNowIsNoWayRoundThat) {
  std::unique_ptr<Timer> a = make("a", [&] {
    wheel_.arm(*a, 0);
    a->cancel();
    wheel_.arm(*a, 0);
  });
  wheel_.arm(*a, 10);
  wheel_.advance(10);
  EXPECT_THAT(fired_, ElementsAre("a"));
}

TEST_F(TimerWheelTest, CallbackMayCancelAndDestroyOthersOfItsTick) {
  auto b = make("b"), c = make("c");
  const auto d = make("d");
  const auto a = make("a", [&] {
    b->cancel();
    c.reset();
  });
  for (Timer* timer : {a.get(), b.get(), c.get(), d.get()}) wheel_.arm(*timer, 10);
  wheel_.advance(10);
  EXPECT_THAT(fired_, ElementsAre("a", "d"));
}

TEST_F(TimerWheelTest, CallbackMayDestroyItsOwnTimerAndStillUseItsCaptures) {
  const auto b = make("b");
  std::unique_ptr<Timer> a;
  a = std::make_unique<Timer>([this, &a, &b] {
    a.reset();
    fired_.emplace_back("gone");
    wheel_.arm(*b, 10);
  });
  wheel_.arm(*a, 10);
  wheel_.advance(10);
  EXPECT_THAT(fired_, ElementsAre("gone", "b"));
}

TEST_F(TimerWheelTest, CallbackMayArmItsOwnTimerAndThenDestroyIt) {
  std::unique_ptr<Timer> a = make("a", [&] {
    wheel_.arm(*a, 12);
    a.reset();
  });
  wheel_.arm(*a, 10);
  wheel_.advance(20);
  EXPECT_THAT(fired_, ElementsAre("a"));
  EXPECT_EQ(wheel_.next(), std::nullopt);
}

TEST_F(TimerWheelTest, TimersOutliveTheirWheelUnarmed) {
  const auto a = make("a"), b = make("b"), c = make("c");
  {
    TimerWheel wheel;
    wheel.arm(*a, 10);
    wheel.arm(*b, 10);
    wheel.arm(*c, 1'000'000);
    wheel.advance(5);
  }
  EXPECT_FALSE(a->armed());
  EXPECT_FALSE(b->armed());
  EXPECT_FALSE(c->armed());
  wheel_.arm(*c, 20);
  wheel_.advance(20);
  EXPECT_THAT(fired_, ElementsAre("c"));
}

TEST_F(TimerWheelTest, ArmingOnAnotherWheelLeavesTheFirst) {
  TimerWheel other;
  const auto a = make("a");
  wheel_.arm(*a, 10);
  other.arm(*a, 20);
  wheel_.advance(10);
  EXPECT_THAT(fired_, IsEmpty());
  other.advance(20);
  EXPECT_THAT(fired_, ElementsAre("a"));
}

}  // namespace
}  // namespace nbasync
