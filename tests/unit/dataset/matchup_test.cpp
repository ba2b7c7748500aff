#include "dataset/matchup.hpp"

#include <gtest/gtest.h>

namespace nbasync::matchup_test {
namespace {

TEST(MatchupTest, VersusNamesTheHomeTeamFirst) {
  const auto matchup = parse_matchup("MEM vs. DAL");
  ASSERT_TRUE(matchup);
  EXPECT_EQ(matchup->home, "MEM");
  EXPECT_EQ(matchup->away, "DAL");
}

TEST(MatchupTest, AtNamesTheHomeTeamLast) {
  const auto matchup = parse_matchup("MIN @ DEN");
  ASSERT_TRUE(matchup);
  EXPECT_EQ(matchup->home, "DEN");
  EXPECT_EQ(matchup->away, "MIN");
}

TEST(MatchupTest, OtherTextNamesNobody) {
  EXPECT_FALSE(parse_matchup(""));
  EXPECT_FALSE(parse_matchup("MIN DEN"));
}

}  // namespace
}  // namespace nbasync::matchup_test
