#include "base/async.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "support/manual_executor.hpp"

namespace nbasync {
namespace {

class AsyncTest : public ::testing::Test {
 protected:
  // What `work` comes to, as text.
  template <typename Work>
  std::string outcome(Work work) {
    std::string text = "not answered";
    int times = 0;
    async(executor_, work, [&](const auto& result) {
      const auto* error = error_of(result);
      text = error == nullptr ? "done" : error->what();
      ++times;
    });
    EXPECT_EQ(times, 0) << "callbacks never come inside the call";
    executor_.drain();
    EXPECT_EQ(times, 1);
    return text;
  }

  testing::ManualExecutor executor_;
};

TEST_F(AsyncTest, AnswersWithWhatTheWorkGives) {
  int given = 0;
  async(
      executor_, [] { return 42; }, [&](const Result<int>& result) { given = value_of(result); });
  executor_.drain();
  EXPECT_EQ(given, 42);
}

TEST_F(AsyncTest, AnswersWhateverTheWorkThrows) {
  EXPECT_EQ(outcome([] {}), "done");
  EXPECT_EQ(outcome([] { throw Error(Errc::kStorage, "the disk is gone"); }), "the disk is gone");
  EXPECT_EQ(outcome([] { throw std::runtime_error("filesystem error"); }), "filesystem error");
  EXPECT_EQ(outcome([] { throw 7; }), "something that is no exception was thrown");
}

TEST_F(AsyncTest, WhatTheWorkOwnsEndsWithTheAnswer) {
  const auto owned = std::make_shared<int>(1);
  async(
      executor_, [owned] {}, [owned](const auto&) {});
  executor_.drain();
  EXPECT_EQ(owned.use_count(), 1);
}

// One that gets no thread.
class FullExecutor final : public Executor {
 public:
  void post(std::function<void()> task) override { task(); }

 private:
  void submit(std::function<void()>, std::function<void()> done) override { done(); }
};

TEST(AsyncWithoutThreadsTest, TheAnswerSaysSo) {
  FullExecutor executor;
  std::string told;
  async(
      executor, [] { return 1; },
      [&](const Result<int>& result) {
        if (const auto* error = error_of(result)) told = error->what();
      });
  EXPECT_EQ(told, "no thread could be started");
}

}  // namespace
}  // namespace nbasync
