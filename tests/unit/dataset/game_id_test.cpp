#include "dataset/game_id.hpp"

#include <gtest/gtest.h>

namespace nbasync::game_id_test {
namespace {

TEST(GameIdTest, TypeIsTheThirdDigit) {
  EXPECT_EQ(game_type("0012500001"), "Pre Season");
  EXPECT_EQ(game_type("0022500001"), "Regular Season");
  EXPECT_EQ(game_type("0032500001"), "All-Star");
  EXPECT_EQ(game_type("0042500001"), "Playoffs");
  EXPECT_EQ(game_type("0052500001"), "Play-In");
  EXPECT_EQ(game_type("0062500001"), "NBA Cup Final");
  EXPECT_EQ(game_type("0092500001"), "");
}

TEST(GameIdTest, OtherLeaguesAreNotTheNba) {
  EXPECT_TRUE(is_nba_game("0022500001"));
  EXPECT_FALSE(is_nba_game("1022500001"));
  EXPECT_FALSE(is_nba_game("2022500001"));
  EXPECT_FALSE(is_nba_game("1522500001"));
}

TEST(GameIdTest, OnlyTenDigitsAreAGameId) {
  EXPECT_FALSE(is_game_id(""));
  EXPECT_FALSE(is_game_id("002250000"));
  EXPECT_FALSE(is_game_id("00225000011"));
  EXPECT_FALSE(is_game_id("002250000x"));
}

TEST(GameIdTest, SeasonIsNamedByBothItsYears) {
  EXPECT_EQ(season_of_game("0042200163"), "2022-23");
  EXPECT_EQ(season_of_game("0029900001"), "1999-00");
  EXPECT_EQ(season_of_game("0024600001"), "1946-47");
  EXPECT_EQ(season_of_game("0020900001"), "2009-10");
}

}  // namespace
}  // namespace nbasync::game_id_test
