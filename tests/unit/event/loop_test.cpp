#include "event/loop.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
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

// A bus that hangs while it is connected to; a name service that gives no answer.
TEST(LoopTest, WorkThatHangsIsLeftBehindAndAnsweredToNobody) {
  std::promise<void> go_on;
  std::promise<void> ended;
  bool answered = false;
  {
    Loop loop;
    std::promise<void> began;
    async(
        loop,
        [&, notice = std::shared_ptr<void>(nullptr, [&](void*) { ended.set_value(); })] {
          began.set_value();
          go_on.get_future().wait();
        },
        [&](const Result<std::monostate>&) { answered = true; });
    began.get_future().wait();
    loop.post([&] { loop.stop_when_idle(); });
    loop.run();
  }  // else it ends here
  go_on.set_value();
  ended.get_future().wait();
  EXPECT_FALSE(answered);
}

// A job that an exception of the loop has found under way must not meet what is gone by then.
TEST(LoopTest, AnswerThatComesAfterTheEndMeetsNobody) {
  auto receiver = std::make_unique<int>(0);
  std::promise<void> go_on;
  auto loop = std::make_unique<Loop>();
  async(
      *loop, [future = go_on.get_future().share()] { future.wait(); },
      [&](const Result<std::monostate>&) { ++*receiver; });
  loop->post([] { throw std::runtime_error("out of tune"); });
  EXPECT_THROW(loop->run(), std::runtime_error);
  receiver.reset();
  go_on.set_value();
  loop.reset();
}

}  // namespace
}  // namespace nbasync
