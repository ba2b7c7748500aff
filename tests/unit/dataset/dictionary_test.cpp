#include "dataset/dictionary.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "dataset/catalog.hpp"
#include "dataset/views.hpp"

namespace nbasync {
namespace {

const DictionaryColumn& column(std::string_view table, std::string_view name) {
  static const auto all = dictionary();
  const auto found = std::ranges::find(all, table, &DictionaryTable::name);
  return *std::ranges::find(found->columns, name, &DictionaryColumn::name);
}

TEST(DictionaryTest, EachColumnHasASentenceAUnitAndASource) {
  std::size_t columns = 0;
  for (const auto& table : dictionary()) {
    EXPECT_THAT(table.sentence, ::testing::MatchesRegex("[A-Z].+\\.")) << table.name;
    for (const auto& each : table.columns) {
      SCOPED_TRACE(std::string(table.name) + "." + std::string(each.name));
      EXPECT_THAT(each.sentence, ::testing::MatchesRegex("[A-Z0-9].+\\."));
      EXPECT_NE(each.unit, "");
      EXPECT_NE(each.source, "");
      ++columns;
    }
  }
  EXPECT_GT(columns, 400U);
}

TEST(DictionaryTest, HasEveryTableAndViewOnce) {
  std::set<std::string_view> names;
  for (const auto& table : dictionary()) EXPECT_TRUE(names.insert(table.name).second) << table.name;
  EXPECT_EQ(names.size(), tables().size() + views().size());
}

// What upstream calls it is where the decoder looks for it.
TEST(DictionaryTest, TellsWhatUpstreamCallsIt) {
  EXPECT_EQ(column("player_game_logs", "blocks").source, "leaguegamelog players BLK");
  EXPECT_EQ(column("team_season_stats", "opp_fga").source, "leaguedashteamstats Opponent OPP_FGA");
  EXPECT_EQ(column("team_season_stats", "fg2m").source, "FGM less FG3M") << "made of two";
  EXPECT_EQ(column("standings", "last_10").source, "leaguestandingsv3 L10");
  EXPECT_EQ(column("nba_teams", "city").source, "leaguestandingsv3 TeamCity");
  EXPECT_EQ(column("nba_teams", "year_founded").source, "commonteamyears MIN_YEAR");
}

TEST(DictionaryTest, AFigureHasTheUnitOfItsTable) {
  EXPECT_EQ(column("team_game_logs", "steals").unit, "count");
  EXPECT_EQ(column("team_season_stats", "steals").unit, "count per game");
  EXPECT_EQ(column("player_season_stats", "points").unit, "points per game");
  EXPECT_EQ(column("player_season_stats", "ft_pct").unit, "fraction");
  EXPECT_EQ(column("team_game_logs", "opp_steals").sentence, "Of the opponent: steals.");
  EXPECT_EQ(column("team_game_logs", "opp_steals").source, "the other line of the game");
  EXPECT_EQ(column("v_team_game", "pace").source, "team_game_logs pace") << "as the table has it";
}

TEST(DictionaryTest, KeysAndTypesAreTheTables) {
  EXPECT_TRUE(column("team_game_logs", "team_id").is_key);
  EXPECT_FALSE(column("team_game_logs", "season").is_key);
  EXPECT_FALSE(column("v_team_game", "team_id").is_key) << "a view has no key";
  EXPECT_EQ(column("games", "home_score").type, "integer");
  EXPECT_EQ(column("games", "game_pace").type, "number");
  EXPECT_EQ(column("games", "updated_at").type, "text");
}

}  // namespace
}  // namespace nbasync
