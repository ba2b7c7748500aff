#include "schedule/jitter.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

using namespace std::chrono_literals;

const SystemTime kNominal = parse_utc("2025-12-01T16:00:00Z").value();

TEST(JitterTest, IsTheSameInEveryProcessAndRelease) {
  // Computed apart from this program, from the description in jitter.hpp.
  EXPECT_EQ(jitter("nightly", kNominal, 2min), Duration(38380));
  EXPECT_EQ(jitter("nightly", kNominal + 24h, 2min), Duration(62712));
  EXPECT_EQ(jitter("hourly", kNominal, 2min), Duration(33503));
}

TEST(JitterTest, StaysWithinItsBoundAndReachesBothEnds) {
  bool first = false, last = false;
  for (int day = 0; day < 1000; ++day) {
    const auto delay = jitter("nightly", kNominal + day * 24h, 9ms);
    ASSERT_GE(delay, 0ms);
    ASSERT_LE(delay, 9ms);
    first |= delay == 0ms;
    last |= delay == 9ms;
  }
  EXPECT_TRUE(first && last);
}

TEST(JitterTest, SpreadsEvenlyOverItsBound) {
  int below_half = 0;
  for (int day = 0; day < 10'000; ++day) {
    below_half += jitter("nightly", kNominal + day * 24h, 2min) < 1min;
  }
  EXPECT_GT(below_half, 4'800);
  EXPECT_LT(below_half, 5'200);
}

TEST(JitterTest, NoBoundIsNoJitter) { EXPECT_EQ(jitter("nightly", kNominal, 0s), 0s); }

}  // namespace
}  // namespace nbasync
