#include <gtest/gtest.h>

#include <cstdlib>
#include <deque>
#include <new>
#include <random>

#include "timer/timer_wheel.hpp"

// How often this program has asked for memory.
static std::size_t allocations = 0;

void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void* operator new(std::size_t size) {
  if (void* memory = operator new(size, std::nothrow)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace nbasync {
namespace {

// A timeout costs no memory but the timer itself, which its owner has.
TEST(TimerAllocationsTest, ArmingCancellingAndFiringAllocateNothing) {
  constexpr std::size_t kTimers = 10'000;
  constexpr Tick kHour = 3'600'000'000;
  std::size_t fired = 0;
  std::deque<Timer> timers;
  for (std::size_t i = 0; i < kTimers; ++i) timers.emplace_back([&] { ++fired; });
  TimerWheel wheel;
  std::mt19937_64 random(1);
  const auto before = allocations;
  for (auto& timer : timers) wheel.arm(timer, 1 + random() % kHour);
  for (std::size_t i = 0; i < kTimers; i += 2) timers[i].cancel();
  while (const auto next = wheel.next()) wheel.advance(*next);
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(fired, kTimers / 2);
}

}  // namespace
}  // namespace nbasync
