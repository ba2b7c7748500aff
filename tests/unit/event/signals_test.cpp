#include "event/signals.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "base/async.hpp"

namespace nbasync {
namespace {

TEST(SignalsTest, OneThatComesWhileNobodyListensWaits) {
  {
    Loop loop;
    Signals first(loop);
    first.on(SIGHUP, [] { FAIL() << "it has not come yet"; });
    // A thread of ours, which outlives the loop, must not be met by it either.
    async(
        loop, [] { ::pause(); }, [](const Result<std::monostate>&) {});
  }
  ::kill(::getpid(), SIGHUP);
  Loop loop;
  Signals second(loop);
  int heard = 0;
  second.on(SIGHUP, [&] {
    ++heard;
    loop.stop();
  });
  loop.run();
  EXPECT_EQ(heard, 1);
}

}  // namespace
}  // namespace nbasync
