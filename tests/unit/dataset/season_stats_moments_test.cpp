#include <gmock/gmock.h>

#include "unit/dataset/season_stats_answers.hpp"

// Base, Advanced and Opponent, and overall, home and away, are one only if they are of one moment.
namespace nbasync::season_stats_moments_test {
namespace {

using Answers = testing::StatsAnswers;
using testing::cell;
using ::testing::HasSubstr;
using testing::integer;
using testing::kNull;
using testing::stats_answer;

// Answers of two teams, whose GP are of one moment unless told otherwise.
struct Moments {
  Answers answers;
  SeasonFacts facts = testing::new_season();

  Moments() {
    answers.add(1, {{"PTS", "110"}});
    answers.add(2, {{"PTS", "111"}});
    for (std::size_t split = 0; split < 3; ++split) {
      for (auto& measure : answers.rows[split]) {
        for (auto& row : measure) row["GP"] = split == 0 ? "40" : "20";
      }
    }
  }
  std::vector<Fetched> fetched(const Answers& told) const {
    std::vector<std::string> bodies;
    for (const auto& split : told.rows) {
      for (int m = 0; m < 3; ++m) {
        auto headers = testing::kStatsHeaders[m];
        if (m > 0) headers.push_back("GP");
        bodies.push_back(stats_answer("LeagueDashTeamStats", headers, split[m]));
      }
    }
    return testing::answers_to(kSeasonStats, facts, bodies);
  }
  Decoded decode() const {
    JsonDecoder json;
    return kSeasonStats.decode(json, fetched(answers), facts);
  }
  std::size_t asked_again() const {
    JsonDecoder json;
    return kSeasonStats.more_requests(json, fetched(answers), facts).size();
  }
  void played(std::chrono::minutes ago, bool neutral = false) {
    auto game = testing::stored_game("final", 1, 2);
    game.time_utc = format_utc(facts.now - ago);
    game.is_neutral = neutral;
    facts.games["0022500001"] = game;
  }
};

TEST(SeasonStatsMomentsTest, AnswersOfOneMomentSayAsOfWhen) {
  Moments same;
  same.played(std::chrono::hours{3});
  EXPECT_EQ(same.asked_again(), 0U);
  const Rows rows = testing::rows_for(same.decode(), "team_season_stats");
  EXPECT_EQ(cell(rows, 0, "games_as_of"), integer(40));
  EXPECT_EQ(cell(rows, 2, "games_as_of"), integer(20));
}

TEST(SeasonStatsMomentsTest, MeasuresOfTwoMomentsAreAskedForAgainSoonAfterAGame) {
  Moments torn;
  torn.answers.rows[0][1][0]["GP"] = "41";
  torn.played(std::chrono::hours{3});
  EXPECT_EQ(torn.asked_again(), 3U) << "that split";
  torn.played(std::chrono::hours{6});
  EXPECT_EQ(torn.asked_again(), 0U) << "it would be the same copy, or it is no matter of minutes";
}

TEST(SeasonStatsMomentsTest, RowsOfTwoMomentsStayAsTheyWereForADay) {
  Moments torn;
  torn.answers.rows[0][1][0]["GP"] = "41";
  torn.played(std::chrono::hours{3});
  torn.facts.stat_rows.emplace(1, "overall");
  auto decoded = torn.decode();
  EXPECT_THAT(decoded.note, HasSubstr("overall: the answers for 1 teams are not of one moment"));
  EXPECT_EQ(testing::rows_for(decoded, "team_season_stats").size(), 5U);

  torn.played(std::chrono::hours{48});
  decoded = torn.decode();
  const Rows rows = testing::rows_for(decoded, "team_season_stats");
  EXPECT_EQ(rows.size(), 6U);
  EXPECT_EQ(cell(rows, 0, "games_as_of"), kNull);
  EXPECT_THAT(decoded.note, HasSubstr("do not agree on the games played"));

  torn.played(std::chrono::hours{3});
  torn.facts.stat_rows.clear();
  EXPECT_EQ(testing::rows_for(torn.decode(), "team_season_stats").size(), 6U) << "better than none";
}

TEST(SeasonStatsMomentsTest, HomeAndAwayMakeAllButForNeutralGames) {
  Moments torn;
  torn.answers.rows[1][0][0]["GP"] = "19";
  torn.answers.rows[1][1][0]["GP"] = "19";
  torn.answers.rows[1][2][0]["GP"] = "19";
  torn.played(std::chrono::hours{3});
  EXPECT_EQ(torn.asked_again(), 9U);
  torn.played(std::chrono::hours{3}, true);
  EXPECT_EQ(torn.asked_again(), 0U) << "that one was at a neutral site";
  torn.facts.games.begin()->second.is_neutral.reset();
  EXPECT_EQ(torn.asked_again(), 0U) << "it may have been";
}

TEST(SeasonStatsMomentsTest, ItIsTheTeamsOwnGameThatMakesAskingAgainOfUse) {
  Moments torn;
  torn.answers.rows[0][1][0]["GP"] = "41";
  torn.played(std::chrono::hours{3});
  auto& game = torn.facts.games.begin()->second;
  game.home_team = 8;
  game.away_team = 9;
  EXPECT_EQ(torn.asked_again(), 0U) << "others have just played";
  torn.facts.stat_rows.emplace(1, "overall");
  EXPECT_EQ(testing::rows_for(torn.decode(), "team_season_stats").size(), 6U)
      << "and so it is taken";
}

TEST(SeasonStatsMomentsTest, MoreAtHomeAndAwayThanInAllIsOfTwoMoments) {
  Moments torn;
  for (auto& measure : torn.answers.rows[1]) measure[0]["GP"] = "21";
  torn.played(std::chrono::hours{3}, true);
  EXPECT_EQ(torn.asked_again(), 9U) << "which no game at a neutral site explains";
}

TEST(SeasonStatsMomentsTest, TheSecondAnswerCounts) {
  Moments torn;
  torn.played(std::chrono::hours{3});
  torn.facts.stat_rows.emplace(1, "overall");
  auto first = torn.answers;
  first.rows[0][1][0]["GP"] = "39";
  auto answers = torn.fetched(first);
  JsonDecoder json;
  const auto again = kSeasonStats.more_requests(json, answers, torn.facts);
  ASSERT_EQ(again.size(), 3U);
  const auto second = torn.fetched(torn.answers);
  for (std::size_t m = 0; m < 3; ++m) answers.push_back({again[m], second[m].body});
  const auto decoded = kSeasonStats.decode(json, answers, torn.facts);
  EXPECT_EQ(decoded.note, "");
  EXPECT_EQ(testing::rows_for(decoded, "team_season_stats").size(), 6U);
}

}  // namespace
}  // namespace nbasync::season_stats_moments_test
