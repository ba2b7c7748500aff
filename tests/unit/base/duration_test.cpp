#include "base/duration.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace nbasync {
namespace {

using namespace std::chrono_literals;

std::string refusal(std::string_view text) {
  try {
    return "accepted as " + format_duration(parse_duration(text));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kInvalidArgument);
    return error.what();
  }
}

TEST(DurationTest, ReadsEveryUnitAndCombinations) {
  EXPECT_EQ(parse_duration("600ms"), 600ms);
  EXPECT_EQ(parse_duration("30s"), 30s);
  EXPECT_EQ(parse_duration("5m"), 5min);
  EXPECT_EQ(parse_duration("12h"), 12h);
  EXPECT_EQ(parse_duration("1d"), 24h);
  EXPECT_EQ(parse_duration("2h30m"), 150min);
  EXPECT_EQ(parse_duration("1d2h3m4s5ms"), 26h + 3min + 4s + 5ms);
  EXPECT_EQ(parse_duration("300s"), 5min);
  EXPECT_EQ(parse_duration("0s"), 0ms);
}

TEST(DurationTest, ABareNumberIsRefusedWithAHint) {
  EXPECT_EQ(refusal("30"), "'30' is not a duration: it lacks a unit; write 30s for seconds");
  EXPECT_NE(refusal("5m30").find("write 30s"), std::string::npos);
}

TEST(DurationTest, RefusesWhatIsNoDuration) {
  for (const auto* text : {"", "s", "-5s", "+5s", " 5s", "five", "1s-5ms"}) {
    EXPECT_NE(refusal(text).find("is not a duration"), std::string::npos) << refusal(text);
  }
}

TEST(DurationTest, RefusesUnknownUnits) {
  for (const auto* text : {"5x", "1w", "5S", "3sec", "5 s", "5s ", "1.5h"}) {
    EXPECT_NE(refusal(text).find("is not a unit"), std::string::npos) << refusal(text);
  }
}

TEST(DurationTest, UnitsGoOnceAndLargestFirst) {
  for (const auto* text : {"30m2h", "5s5s", "1ms1s"}) {
    EXPECT_NE(refusal(text).find("the largest first"), std::string::npos) << refusal(text);
  }
}

TEST(DurationTest, OverflowIsRefused) {
  EXPECT_EQ(parse_duration("9223372036854775807ms").count(), 9223372036854775807);
  for (const auto* text :
       {"9223372036854775808ms", "106751991168d", "99999999999999999999999s", "106751991167d24h"}) {
    EXPECT_NE(refusal(text).find("too long"), std::string::npos) << refusal(text);
  }
}

TEST(DurationTest, FormatsTheShortestTextThatReadsBack) {
  EXPECT_EQ(format_duration(0ms), "0s");
  EXPECT_EQ(format_duration(150min), "2h30m");
  EXPECT_EQ(format_duration(1500ms), "1s500ms");
  EXPECT_EQ(format_duration(720h), "30d");
  for (const auto value : {1ms, 999ms, 61001ms, 86399999ms, 90061001ms}) {
    EXPECT_EQ(parse_duration(format_duration(value)), value);
  }
}

}  // namespace
}  // namespace nbasync
