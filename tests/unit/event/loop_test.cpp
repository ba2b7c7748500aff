#include "event/loop.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/async.hpp"

namespace nbasync {
namespace {

TEST(LoopTest, WorkRunsOnAnotherThreadAndItsEndOnTheLoops) {
  Loop loop;
  const auto here = std::this_thread::get_id();
  std::thread::id worked;
  std::thread::id ended;
  async(
      loop, [&] { worked = std::this_thread::get_id(); },
      [&](const Result<std::monostate>&) {
        ended = std::this_thread::get_id();
        loop.stop();
      });
  EXPECT_EQ(ended, std::thread::id()) << "nothing runs inside the call";
  loop.run();
  EXPECT_NE(worked, here);
  EXPECT_EQ(ended, here);
}

TEST(LoopTest, PostedTasksRunInTheOrderOfPostingFromAnyThread) {
  Loop loop;
  std::vector<int> order;
  std::jthread poster([&] {
    for (int i = 0; i < 100; ++i) loop.post([&order, i] { order.push_back(i); });
    loop.post([&] { loop.stop(); });
  });
  loop.run();
  ASSERT_EQ(order.size(), 100U);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
}

TEST(LoopTest, ExceptionOfATaskEndsTheLoopAndComesOutOfRun) {
  Loop loop;
  loop.post([] { throw std::runtime_error("out of tune"); });
  try {
    loop.run();
    FAIL() << "the exception was lost";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "out of tune");
  }
}

TEST(LoopTest, TasksNeverRunAreDestroyedWithTheLoop) {
  auto owned = std::make_shared<int>(1);
  {
    Loop loop;
    loop.post([owned] {});
  }
  EXPECT_EQ(owned.use_count(), 1);
}

}  // namespace
}  // namespace nbasync
