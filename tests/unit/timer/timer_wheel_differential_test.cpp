// The wheel against a sorted map. A wheel that passes its example tests may still be wrong; so both
// are driven by the same random operations, also out of callbacks, and must tell the same story.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <tuple>
#include <vector>

#include "timer/timer_wheel.hpp"

namespace nbasync {
namespace {

constexpr int kTimers = 48;

// What the story drives: timers by number.
class Subject {
 public:
  virtual ~Subject() = default;
  virtual void arm(int id, Tick when) = 0;
  virtual void cancel(int id) = 0;
  virtual void replace(int id) = 0;  // destroys the timer; a new one has its number
  virtual bool armed(int id) const = 0;
  virtual std::optional<Tick> next() const = 0;
  virtual void advance(Tick to) = 0;
  virtual Tick now() const = 0;

  std::function<void(int)> on_fire;
};

class Wheel final : public Subject {
 public:
  explicit Wheel(Tick start) : wheel_(start) {
    for (int id = 0; id < kTimers; ++id) replace(id);
  }
  void arm(int id, Tick when) override { wheel_.arm(timer(id), when); }
  void cancel(int id) override { timer(id).cancel(); }
  void replace(int id) override {
    timers_[static_cast<std::size_t>(id)] = std::make_unique<Timer>([this, id] { on_fire(id); });
  }
  bool armed(int id) const override { return timers_[static_cast<std::size_t>(id)]->armed(); }
  std::optional<Tick> next() const override { return wheel_.next(); }
  void advance(Tick to) override { wheel_.advance(to); }
  Tick now() const override { return wheel_.now(); }

 private:
  Timer& timer(int id) { return *timers_[static_cast<std::size_t>(id)]; }

  TimerWheel wheel_;
  std::array<std::unique_ptr<Timer>, kTimers> timers_;
};

// The promises of timer_wheel.hpp in the plainest form.
class SortedMap final : public Subject {
 public:
  explicit SortedMap(Tick start) : now_(start) {}
  void arm(int id, Tick when) override {
    cancel(id);
    if (when <= now_) when = id == firing_ ? now_ + 1 : now_;
    queue_.emplace(when, id);
  }
  void cancel(int id) override {
    std::erase_if(queue_, [id](const auto& entry) { return entry.second == id; });
  }
  void replace(int id) override {
    cancel(id);
    if (firing_ == id) firing_ = -1;
  }
  bool armed(int id) const override {
    return std::any_of(queue_.begin(), queue_.end(), [id](auto& e) { return e.second == id; });
  }
  std::optional<Tick> next() const override {
    return queue_.empty() ? std::nullopt : std::optional(queue_.begin()->first);
  }
  void advance(Tick to) override {
    to = std::clamp(to, now_, kNever - 1);
    while (!queue_.empty() && queue_.begin()->first <= to) {
      std::tie(now_, firing_) = *queue_.begin();
      queue_.erase(queue_.begin());
      on_fire(firing_);
      firing_ = -1;
    }
    now_ = to;
  }
  Tick now() const override { return now_; }

 private:
  std::multimap<Tick, int> queue_;  // equal keys in the order of insertion
  Tick now_;
  int firing_ = -1;
};

// What happened: (kind, number of the timer, tick), in order.
enum class Kind { kFired, kNext, kArmed, kNow };
using Story = std::vector<std::tuple<Kind, int, Tick>>;

// Random operations from a seed: equal stories take equal turns.
class Teller {
 public:
  Teller(Subject& subject, std::uint64_t seed) : subject_(subject), random_(seed) {
    subject_.on_fire = [this](int id) {
      story_.emplace_back(Kind::kFired, id, subject_.now());
      if (story_.size() < kLongest && pick(2) == 0) meddle(id);
    };
  }

  Story tell(int steps) {
    for (int step = 0; step < steps; ++step) {
      const Tick choice = pick(10);
      if (choice < 5) {
        subject_.arm(any_timer(), any_tick());
      } else if (choice < 6) {
        subject_.cancel(any_timer());
      } else if (choice < 7) {
        subject_.replace(any_timer());
      } else {
        subject_.advance(choice == 7 ? subject_.next().value_or(0) : subject_.now() + distance());
        story_.emplace_back(Kind::kNow, 0, subject_.now());
      }
      if (pick(2) == 0) story_.emplace_back(Kind::kNext, 0, subject_.next().value_or(0));
    }
    for (int id = 0; id < kTimers; ++id) story_.emplace_back(Kind::kArmed, id, subject_.armed(id));
    return story_;
  }

 private:
  static constexpr std::size_t kLongest = 100'000;  // callbacks that arm could go on and on

  // Distribution classes differ between libraries; a plain remainder does not.
  Tick pick(Tick below) { return random_() % below; }
  int any_timer() { return static_cast<int>(pick(kTimers)); }

  // Zero, a few ticks, within a slot of some level, or as far as it goes.
  Tick distance() {
    static constexpr std::array<unsigned, 8> kBits = {0, 2, 4, 8, 9, 16, 17, 26};
    const auto bits = pick(10) == 0 ? pick(64) : kBits[pick(kBits.size())];
    return random_() & ((Tick{1} << bits) - 1);
  }

  // Often a tick that others have too; sometimes one that has passed, or never comes.
  Tick any_tick() {
    const Tick now = subject_.now();
    const Tick far = distance();
    switch (pick(16)) {
      case 0:
        return now - std::min(now, far);
      case 1:
        return pick(8) == 0 ? kNever : now;
      case 2:
      case 3:
      case 4:
        return subject_.next().value_or(now);
      case 5:
      case 6:
        return ((now >> 8) + 1) << 8;
      default:
        return far > kNever - now ? kNever - 1 : now + far;
    }
  }

  // What callbacks do: fewer than one new timer a fire, so that advance comes to an end.
  void meddle(int self) {
    const int other = pick(3) == 0 ? self : any_timer();
    switch (pick(4)) {
      case 0:
        return subject_.cancel(other);
      case 1:
        return subject_.replace(other);
      default:
        return subject_.arm(other, any_tick());
    }
  }

  Subject& subject_;
  std::mt19937_64 random_;
  Story story_;
};

class TimerWheelDifferentialTest : public testing::TestWithParam<Tick> {};

TEST_P(TimerWheelDifferentialTest, WheelTellsTheSameStoryAsASortedMap) {
  std::size_t fired = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Wheel wheel(GetParam());
    SortedMap map(GetParam());
    const Story expected = Teller(map, seed).tell(600);
    const Story actual = Teller(wheel, seed).tell(600);
    const auto [a, b] =
        std::mismatch(actual.begin(), actual.end(), expected.begin(), expected.end());
    ASSERT_TRUE(a == actual.end() && b == expected.end())
        << "seed " << seed << ", from entry " << a - actual.begin() << " of " << expected.size();
    fired +=
        static_cast<std::size_t>(std::count_if(actual.begin(), actual.end(), [](const auto& entry) {
          return std::get<Kind>(entry) == Kind::kFired;
        }));
  }
  EXPECT_GT(fired, 20'000U);
}

INSTANTIATE_TEST_SUITE_P(FromStart, TimerWheelDifferentialTest,
                         testing::Values(Tick{0}, Tick{250}, (Tick{1} << 32) - 5,
                                         (Tick{1} << 56) - 300, kNever - (Tick{1} << 40)));

}  // namespace
}  // namespace nbasync
