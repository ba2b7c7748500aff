#include "net/retry.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(BackoffTest, DoublesFromTryToTryUpToThirtySeconds) {
  EXPECT_EQ(backoff(milliseconds{500}, 1, 0), milliseconds{250});
  EXPECT_EQ(backoff(milliseconds{500}, 2, 0), milliseconds{500});
  EXPECT_EQ(backoff(milliseconds{500}, 3, 0), milliseconds{1000});
  EXPECT_EQ(backoff(milliseconds{500}, 1000, 0), seconds{15});
  EXPECT_EQ(backoff(seconds{90}, 1, 0), seconds{15});
}

TEST(BackoffTest, HalfOfItIsRandom) {
  EXPECT_EQ(backoff(milliseconds{500}, 2, 0.5), milliseconds{750});
  EXPECT_LE(backoff(milliseconds{500}, 2, 0.999), milliseconds{1000});
  EXPECT_GE(backoff(milliseconds{500}, 2, 0.999), milliseconds{998});
}

const SystemTime kReceived = *parse_utc("2026-01-15T12:00:00Z");

TEST(RetryAfterTest, TakesSeconds) {
  EXPECT_EQ(parse_retry_after("7", kReceived), seconds{7});
  EXPECT_EQ(parse_retry_after("3600", kReceived), seconds{3600});
}

TEST(RetryAfterTest, TakesEveryFormOfHttpDate) {
  EXPECT_EQ(parse_retry_after("Thu, 15 Jan 2026 12:02:00 GMT", kReceived), seconds{120});
  EXPECT_EQ(parse_retry_after("Thursday, 15-Jan-26 12:02:00 GMT", kReceived), seconds{120});
  EXPECT_EQ(parse_retry_after("Thu Jan 15 12:02:00 2026", kReceived), seconds{120});
}

TEST(RetryAfterTest, ClampsToOneSecondAndOneHour) {
  EXPECT_EQ(parse_retry_after("0", kReceived), seconds{1});
  EXPECT_EQ(parse_retry_after("-5", kReceived), seconds{1});
  EXPECT_EQ(parse_retry_after("86400", kReceived), seconds{3600});
  EXPECT_EQ(parse_retry_after("99999999999999999999", kReceived), seconds{3600});
  EXPECT_EQ(parse_retry_after("-99999999999999999999", kReceived), seconds{1});
  EXPECT_EQ(parse_retry_after("Thu, 15 Jan 2026 11:00:00 GMT", kReceived), seconds{1});
  EXPECT_EQ(parse_retry_after("Fri, 16 Jan 2026 12:00:00 GMT", kReceived), seconds{3600});
}

TEST(RetryAfterTest, IgnoresWhatIsNeither) {
  for (const auto* text : {"", "soon", "1.5", "1 2 3", "\xff\xfe", "12:00"}) {
    EXPECT_EQ(parse_retry_after(text, kReceived), std::nullopt) << text;
  }
}

TEST(HttpDateTest, IsATimeThatAClockMayShow) {
  EXPECT_EQ(parse_http_date("Thu, 15 Jan 2026 12:00:00 GMT"), kReceived);
  for (const auto* text : {"", "soon", "Thu, 15 Jan 9026 12:00:00 GMT", "\xff"}) {
    EXPECT_EQ(parse_http_date(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace nbasync
