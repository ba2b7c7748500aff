#include "model/season.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

TEST(SeasonTest, NameGivesTheYearItStartsIn) {
  EXPECT_EQ(season_start_year("2025-26"), 2025);
  EXPECT_EQ(season_start_year("1999-00"), 1999);
  EXPECT_EQ(season_start_year("1946-47"), 1946);
}

TEST(SeasonTest, WhatIsNoSeasonIsRefused) {
  for (const auto* text : {"", "auto", "2025", "2025-27", "2025-2026", "20a5-26", "1945-46",
                           "2025/26", "2025-2-", " 2025-26"}) {
    EXPECT_FALSE(season_start_year(text)) << text;
  }
}

}  // namespace
}  // namespace nbasync
