#include "base/clock.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

TEST(ClockTest, UtcTextRoundTrips) {
  for (const auto* text :
       {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2026-11-23T05:13:00Z"}) {
    const auto time = parse_utc(text);
    ASSERT_TRUE(time) << text;
    EXPECT_EQ(format_utc(*time), text);
  }
}

TEST(ClockTest, FractionsAreKeptToTheMillisecond) {
  EXPECT_EQ(format_utc(*parse_utc("2026-01-02T03:04:05.25Z"), true), "2026-01-02T03:04:05.250Z");
  EXPECT_EQ(format_utc(*parse_utc("2026-01-02T03:04:05.123456Z"), true),
            "2026-01-02T03:04:05.123Z");
}

TEST(ClockTest, WhatIsNoUtcTimeIsRefused) {
  for (const auto* text :
       {"", "2026-01-02", "2026-01-02T03:04:05", "2026-02-30T00:00:00Z", "2026-01-02T24:00:00Z",
        "2026-01-02T03:04:05+01:00", "yesterday", "2026-01-02T-1:04:05Z", "2026-01-02T03:04:-5Z",
        "+026-01-02T03:04:05Z", "2026- 1-02T03:04:05Z", "2026-1-2T3:4:5Z", "2026-01-02T03:04:05",
        "2026-01-02T03:04:05.Z5"}) {
    EXPECT_FALSE(parse_utc(text)) << text;
  }
}

// Nanoseconds since 1970, in 64 bits.
TEST(ClockTest, TimesThatDoNotFitAreRefused) {
  EXPECT_FALSE(parse_utc("9999-12-31T23:59:59Z"));
  EXPECT_FALSE(parse_utc("0001-01-01T00:00:00Z"));
  for (const auto* text : {"1678-01-01T00:00:00Z", "2261-12-31T23:59:59Z"}) {
    EXPECT_EQ(format_utc(parse_utc(text).value()), text);
  }
}

}  // namespace
}  // namespace nbasync
