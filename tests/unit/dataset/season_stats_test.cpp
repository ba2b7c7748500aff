#include <gmock/gmock.h>

#include <algorithm>

#include "unit/dataset/season_stats_answers.hpp"

namespace nbasync::season_stats_test {
namespace {

using Answers = testing::StatsAnswers;
using testing::cell;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::JsonRow;
using testing::kNull;
using testing::real;
using testing::stats_answer;
using testing::text;

TEST(SeasonStatsTest, ThreeSplitsOfThreeMeasuresBecomeThreeRows) {
  Answers answers;
  answers.add(7, {{"GP", "58"},
                  {"W", "27"},
                  {"PTS", "117.0"},
                  {"PACE", "99.91"},
                  {"POSS", "8261"},
                  {"OPP_PTS", "118.2"},
                  {"OPP_TOV", "14.1"}});
  const Decoded decoded = answers.decode();
  const Rows rows = testing::rows_for(decoded, "team_season_stats");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(cell(rows, 0, "split_type"), text("overall"));
  EXPECT_EQ(cell(rows, 1, "split_type"), text("home"));
  EXPECT_EQ(cell(rows, 2, "split_type"), text("away"));
  EXPECT_EQ(cell(rows, 2, "team_id"), integer(7));
  EXPECT_EQ(cell(rows, 2, "season"), text("2025-26"));
  EXPECT_EQ(cell(rows, 2, "games_played"), integer(58));
  EXPECT_EQ(cell(rows, 2, "ppg"), real(117));
  EXPECT_EQ(cell(rows, 2, "pace"), real(99.91));
  EXPECT_EQ(cell(rows, 2, "possessions"), real(8261));
  EXPECT_EQ(cell(rows, 2, "opp_ppg"), real(118.2));
  EXPECT_EQ(cell(rows, 2, "opp_tov"), real(14.1));
}

TEST(SeasonStatsTest, TwoPointFiguresAreDerivedForBothSides) {
  Answers answers;
  answers.add(7, {{"FGM", "41.3"},
                  {"FGA", "88.1"},
                  {"FG3M", "12.1"},
                  {"FG3A", "33.3"},
                  {"FTM", "17.4"},
                  {"OPP_FGM", "40"},
                  {"OPP_FGA", "80"},
                  {"OPP_FG3M", "10"},
                  {"OPP_FG3A", "80"}});
  const Rows rows = testing::rows_for(answers.decode(), "team_season_stats");
  EXPECT_EQ(cell(rows, 0, "fg2m"), real(29.2));
  EXPECT_EQ(cell(rows, 0, "fg2a"), real(54.8));
  EXPECT_EQ(cell(rows, 0, "fg2_pct"), real(0.533));
  EXPECT_EQ(cell(rows, 0, "two_pt_ppg"), real(58.4));
  EXPECT_EQ(cell(rows, 0, "three_pt_ppg"), real(36.3));
  EXPECT_EQ(cell(rows, 0, "ft_ppg"), real(17.4));
  EXPECT_EQ(cell(rows, 0, "opp_fg2m"), real(30));
  EXPECT_EQ(cell(rows, 0, "opp_fg2a"), real(0));
  EXPECT_EQ(cell(rows, 0, "opp_fg2_pct"), kNull);
}

TEST(SeasonStatsTest, RanksAreOfTheOverallSplitAndSharedByEquals) {
  Answers answers;
  answers.add(1, {{"PTS", "110"}, {"DEF_RATING", "112"}, {"OPP_TOV", "15"}, {"OPP_AST", "25"}});
  answers.add(2, {{"PTS", "120"}, {"DEF_RATING", "108"}, {"OPP_TOV", "13"}, {"OPP_AST", "24"}});
  answers.add(3, {{"PTS", "110"}, {"DEF_RATING", "112"}, {"OPP_TOV", "14"}, {"OPP_AST", "26"}});
  answers.add(4, {{"PTS", "100"}, {"DEF_RATING", "115"}, {"OPP_TOV", "null"}, {"OPP_AST", "27"}});
  const Rows rows = testing::rows_for(answers.decode(), "team_season_stats");
  const auto ranks = [&](const char* column) {
    return std::vector<Value>{cell(rows, 0, column), cell(rows, 1, column), cell(rows, 2, column),
                              cell(rows, 3, column)};
  };
  const auto of = [](std::vector<Value> values) { return values; };
  EXPECT_EQ(ranks("ppg_rank"), of({integer(2), integer(1), integer(2), integer(4)}));
  EXPECT_EQ(ranks("def_rtg_rank"), of({integer(2), integer(1), integer(2), integer(4)}));
  EXPECT_EQ(ranks("opp_tov_rank"), of({integer(1), integer(3), integer(2), kNull}));
  EXPECT_EQ(ranks("opp_assists_rank"), of({integer(2), integer(1), integer(3), integer(4)}));
  EXPECT_EQ(cell(rows, 4, "ppg_rank"), kNull);
  EXPECT_EQ(cell(rows, 11, "ppg_rank"), kNull);
}

TEST(SeasonStatsTest, EachRankRunsInItsOwnDirection) {
  Answers answers;
  const JsonRow high = {{"PTS", "2"},        {"OPP_PTS", "2"},     {"FG_PCT", "2"},
                        {"FG3_PCT", "2"},    {"FT_PCT", "2"},      {"OFF_RATING", "2"},
                        {"DEF_RATING", "2"}, {"NET_RATING", "2"},  {"PACE", "2"},
                        {"OPP_TOV", "2"},    {"OPP_FG3_PCT", "2"}, {"OPP_AST", "2"}};
  JsonRow low = high;
  for (auto& [name, value] : low) value = "1";
  answers.add(1, high);
  answers.add(2, low);
  const Rows rows = testing::rows_for(answers.decode(), "team_season_stats");
  for (const char* column : {"ppg_rank", "fg_pct_rank", "fg3_pct_rank", "ft_pct_rank",
                             "off_rtg_rank", "net_rtg_rank", "pace_rank", "opp_tov_rank"}) {
    EXPECT_EQ(cell(rows, 0, column), integer(1)) << column;
    EXPECT_EQ(cell(rows, 1, column), integer(2)) << column;
  }
  for (const char* column :
       {"opp_ppg_rank", "def_rtg_rank", "opp_fg3_pct_rank", "opp_assists_rank"}) {
    EXPECT_EQ(cell(rows, 0, column), integer(2)) << column;
    EXPECT_EQ(cell(rows, 1, column), integer(1)) << column;
  }
}

TEST(SeasonStatsTest, TheLeaguesAveragesAreOfTheOverallSplit) {
  Answers answers;
  answers.add(1, {{"PTS", "110"}, {"PACE", "98.5"}, {"FG_PCT", "0.47"}});
  answers.add(2, {{"PTS", "121"}, {"PACE", "99.2"}, {"FG_PCT", "0.45"}});
  for (auto& row : answers.rows[1][0]) row["PTS"] = "900";
  const auto decoded = answers.decode();
  const TableChange& averages =
      *std::ranges::find(decoded.changes, kSeasonStats.tables[1], &TableChange::table);
  EXPECT_FALSE(averages.counted);
  ASSERT_EQ(averages.rows.size(), 1U);
  EXPECT_EQ(cell(averages.rows, 0, "season"), text("2025-26"));
  EXPECT_EQ(cell(averages.rows, 0, "ppg"), real(115.5));
  EXPECT_EQ(cell(averages.rows, 0, "pace"), real(98.85));
  EXPECT_EQ(cell(averages.rows, 0, "fg_pct"), real(0.46));
  EXPECT_EQ(cell(averages.rows, 0, "ft_pct"), kNull);
}

TEST(SeasonStatsTest, ATeamThatOnlyBaseKnowsHasNoOtherFigures) {
  Answers answers;
  answers.add(1, {{"PTS", "110"}, {"PACE", "98.5"}});
  answers.add(2, {{"PTS", "111"}, {"PACE", "99.5"}});
  answers.rows[0][1].pop_back();
  const Rows rows = testing::rows_for(answers.decode(), "team_season_stats");
  EXPECT_EQ(cell(rows, 1, "ppg"), real(111));
  EXPECT_EQ(cell(rows, 1, "pace"), kNull);
  EXPECT_EQ(cell(rows, 1, "pace_rank"), kNull);
}

TEST(SeasonStatsTest, OneAnswerWithoutRowsIsNamed) {
  Answers answers;
  answers.add(1, {{"PTS", "110"}});
  answers.rows[1][2].clear();
  const Error error = error_of([&] { answers.decode(); });
  EXPECT_EQ(error.code(), Errc::kUpstreamEmpty);
  EXPECT_THAT(error.what(), HasSubstr("leaguedashteamstats Home Opponent: "));
}

TEST(SeasonStatsTest, ASeasonThatHasNotBegunHasNoRows) {
  const Decoded decoded = Answers().decode();
  for (const auto& change : decoded.changes) EXPECT_EQ(change.rows.size(), 0U);
}

TEST(SeasonStatsTest, TheSameTeamTwiceIsNamed) {
  Answers answers;
  answers.add(1, {{"PTS", "110"}});
  answers.rows[2][1].push_back(answers.rows[2][1].front());
  const Error error = error_of([&] { answers.decode(); });
  EXPECT_EQ(error.code(), Errc::kUpstreamMalformed);
  EXPECT_STREQ(error.what(), "leaguedashteamstats Road Advanced: two rows for TEAM_ID 1");
}

// Of the teams that played, by the games that are known.
TEST(SeasonStatsTest, ATeamThatPlayedMayBeMissingFromNoAnswer) {
  auto facts = testing::new_season();
  facts.games["0022500001"] = testing::stored_game("final", 1, 2);
  facts.games["0042500101"] = testing::stored_game("final", 3, 4);
  facts.games["0022500002"] = testing::stored_game("final", 5, 6, "2026-01-15");  // just now
  Answers answers;
  answers.add(1, {{"PTS", "110"}});
  answers.add(2, {{"PTS", "111"}});
  const auto decoded = answers.decode(facts);
  for (const auto& change : decoded.changes) {
    if (change.table != kSeasonStats.tables[0]) continue;
    ASSERT_TRUE(change.guard);
    EXPECT_TRUE(change.guard->each);
    const bool overall = change.scope.name == "team_season_stats 2025-26 overall";
    EXPECT_EQ(change.guard->rows, overall ? 2U : 0U) << change.scope.name;
  }
  answers.rows[1][2].pop_back();
  const Error error = error_of([&] { answers.decode(facts); });
  EXPECT_EQ(error.code(), Errc::kUpstreamShort);
  EXPECT_STREQ(
      error.what(),
      "leaguedashteamstats Home Opponent: upstream answered with 1 teams, and lacks 1 that "
      "other measures have");
  facts.force = true;
  EXPECT_NO_THROW(answers.decode(facts));
}

TEST(SeasonStatsTest, PlayoffsHaveSplitsRanksAndNoPartInTheAverages) {
  auto facts = testing::new_season();
  facts.types = {SeasonType::kPlayoffs};
  Answers answers;
  answers.add(1, {{"PTS", "110"}});
  answers.add(2, {{"PTS", "120"}});
  std::vector<std::string> bodies;
  for (const auto& split : answers.rows) {
    for (int m = 0; m < 3; ++m) {
      bodies.push_back(stats_answer("LeagueDashTeamStats", testing::kStatsHeaders[m], split[m]));
    }
  }
  const auto decoded = testing::decode_bodies(kSeasonStats, bodies, facts);
  const Rows rows = testing::rows_for(decoded, "team_season_stats");
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(cell(rows, 0, "split_type"), text("playoffs"));
  EXPECT_EQ(cell(rows, 0, "ppg_rank"), integer(2));
  EXPECT_EQ(cell(rows, 2, "split_type"), text("playoffs_home"));
  EXPECT_EQ(cell(rows, 2, "ppg_rank"), kNull);
  EXPECT_EQ(cell(rows, 4, "split_type"), text("playoffs_away"));
  EXPECT_EQ(testing::rows_for(decoded, "league_averages").size(), 0U);
}

}  // namespace
}  // namespace nbasync::season_stats_test
