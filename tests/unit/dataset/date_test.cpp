#include "dataset/date.hpp"

#include <gtest/gtest.h>

namespace nbasync::date_test {
namespace {

TEST(DateTest, OnlyRealDaysAreDates) {
  EXPECT_TRUE(parse_date("2024-02-29"));
  EXPECT_FALSE(parse_date("2025-02-29"));
  EXPECT_FALSE(parse_date("2025-13-01"));
  EXPECT_FALSE(parse_date("2025-1-01"));
  EXPECT_FALSE(parse_date("2025-01-1x"));
  EXPECT_FALSE(parse_date(""));
}

TEST(DateTest, TheSchedulesFormIsTurnedRound) {
  EXPECT_EQ(date_of_us_form("10/22/2024 00:00:00"), "2024-10-22");
  EXPECT_EQ(date_of_us_form("2024-10-22"), std::nullopt);
  EXPECT_EQ(date_of_us_form("22/10/2024 00:00:00"), std::nullopt);
}

}  // namespace
}  // namespace nbasync::date_test
