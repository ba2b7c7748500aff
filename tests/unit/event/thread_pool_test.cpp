#include "event/thread_pool.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <latch>
#include <set>
#include <thread>
#include <vector>

#include "base/async.hpp"

namespace nbasync {
namespace {

TEST(ThreadPoolTest, JobsRunAtOnceOnThreadsOfTheirOwn) {
  Loop loop;
  ThreadPool pool(loop, "test", 3);
  std::latch all(3);  // passes only when three jobs run at once
  std::set<std::thread::id> threads;
  int answered = 0;
  for (int i = 0; i < 3; ++i) {
    async(
        pool,
        [&] {
          all.arrive_and_wait();
          return std::this_thread::get_id();
        },
        [&](const Result<std::thread::id>& id) {
          threads.insert(value_of(id));
          if (++answered == 3) loop.stop();
        });
  }
  loop.run();
  EXPECT_EQ(threads.size(), 3U);
  EXPECT_FALSE(threads.contains(std::this_thread::get_id()));
}

TEST(ThreadPoolTest, OneThreadKeepsTheOrder) {
  Loop loop;
  ThreadPool pool(loop, "test", 1);
  std::vector<int> worked;
  std::vector<int> answered;
  for (int i = 0; i < 100; ++i) {
    async(
        pool, [&worked, i] { worked.push_back(i); },
        [&answered, i](const auto&) { answered.push_back(i); });
  }
  loop.stop_when_idle();
  loop.run();
  EXPECT_EQ(answered.size(), 100U) << "the loop ends when no job is under way";
  EXPECT_EQ(worked, answered);
  EXPECT_TRUE(std::ranges::is_sorted(worked));
}

TEST(ThreadPoolTest, ItsEndWaitsForTheJobUnderWayAndDropsTheRest) {
  Loop loop;
  std::atomic<int> worked = 0;
  std::latch begun(1);
  bool answered = false;
  {
    ThreadPool pool(loop, "test", 1);
    for (int i = 0; i < 10; ++i) {
      async(
          pool,
          [&] {
            if (++worked == 1) begun.count_down();
          },
          [&](const auto&) { answered = true; });
    }
    begun.wait();
  }
  EXPECT_GE(worked, 1);
  EXPECT_FALSE(answered) << "nobody is answered without a turn of the loop";
}

}  // namespace
}  // namespace nbasync
