#include <gmock/gmock.h>

#include "support/decoding.hpp"
#include "support/rows.hpp"
#include "support/upstream_json.hpp"

namespace nbasync::player_season_stats_test {
namespace {

using testing::cell;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::JsonRow;
using testing::kNull;
using testing::new_season;
using testing::quoted;
using testing::real;
using testing::stats_answer;
using testing::stored_game;
using testing::text;

const std::vector<std::string> kBase = {
    "PLAYER_ID", "PLAYER_NAME", "TEAM_ID",   "TEAM_ABBREVIATION",
    "AGE",       "GP",          "W",         "L",
    "MIN",       "FGM",         "FGA",       "FG_PCT",
    "FG3M",      "FG3A",        "FG3_PCT",   "FTM",
    "FTA",       "FT_PCT",      "OREB",      "DREB",
    "REB",       "AST",         "TOV",       "STL",
    "BLK",       "PF",          "PTS",       "PLUS_MINUS",
    "DD2",       "TD3",         "TEAM_COUNT"};
const std::vector<std::string> kAdvanced = {"PLAYER_ID",  "GP",      "OFF_RATING", "DEF_RATING",
                                            "NET_RATING", "USG_PCT", "TS_PCT",     "EFG_PCT",
                                            "AST_PCT",    "PACE",    "PIE"};

// The two answers of the regular season.
struct Answers {
  std::vector<JsonRow> base;
  std::vector<JsonRow> advanced;

  void add(int player, const JsonRow& more = {}, int team = 7) {
    JsonRow row = {
        {"PLAYER_ID", std::to_string(player)}, {"TEAM_ID", std::to_string(team)}, {"GP", "13"}};
    for (const auto& [header, value] : more) row[header] = value;
    base.push_back(row);
    advanced.push_back(row);
  }
  std::vector<Fetched> fetched(const SeasonFacts& facts) const {
    return testing::answers_to(kPlayerSeasonStats, facts,
                               {stats_answer("LeagueDashPlayerStats", kBase, base),
                                stats_answer("LeagueDashPlayerStats", kAdvanced, advanced)});
  }
  Decoded decode(const SeasonFacts& facts = new_season()) const {
    JsonDecoder json;
    return kPlayerSeasonStats.decode(json, fetched(facts), facts);
  }
  std::size_t asked_again(const SeasonFacts& facts) const {
    JsonDecoder json;
    return kPlayerSeasonStats.more_requests(json, fetched(facts), facts).size();
  }
};

// Team 7 has just played, or did so hours ago.
SeasonFacts after_a_game(std::chrono::hours ago) {
  auto facts = new_season();
  auto game = stored_game("final", 7, 8);
  game.time_utc = format_utc(facts.now - ago - std::chrono::minutes{150});
  facts.games.emplace("0022500001", game);
  facts.stat_rows.insert({1, "overall"});
  return facts;
}

TEST(PlayerSeasonStatsTest, TwoAnswersAreOneRow) {
  Answers answers;
  answers.add(5, {{"PLAYER_NAME", quoted("Luka Banić")},
                  {"TEAM_ABBREVIATION", quoted("AAA")},
                  {"AGE", "25.0"},
                  {"W", "6"},
                  {"PTS", "27.3"},
                  {"FG3A", "0.0"},
                  {"FG3_PCT", "0.0"},
                  {"FTA", "4.1"},
                  {"FT_PCT", "0.913"},
                  {"PF", "2.5"},
                  {"DD2", "3"},
                  {"TD3", "0"},
                  {"TEAM_COUNT", "2"},
                  {"OFF_RATING", "119.2"},
                  {"USG_PCT", "0.235"},
                  {"PIE", "0.099"}});
  const auto decoded = answers.decode();
  const Rows rows = testing::rows_for(decoded, "player_season_stats");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(cell(rows, 0, "season"), text("2025-26"));
  EXPECT_EQ(cell(rows, 0, "split_type"), text("overall"));
  EXPECT_EQ(cell(rows, 0, "player_name"), text("Luka Banić"));
  EXPECT_EQ(cell(rows, 0, "team_id"), integer(7));
  EXPECT_EQ(cell(rows, 0, "team_count"), integer(2));
  EXPECT_EQ(cell(rows, 0, "age"), real(25));
  EXPECT_EQ(cell(rows, 0, "games_played"), integer(13));
  EXPECT_EQ(cell(rows, 0, "points"), real(27.3));
  EXPECT_EQ(cell(rows, 0, "fg3_pct"), kNull) << "of no attempts";
  EXPECT_EQ(cell(rows, 0, "ft_pct"), real(0.913));
  EXPECT_EQ(cell(rows, 0, "fouls"), real(2.5));
  EXPECT_EQ(cell(rows, 0, "off_rtg"), real(119.2));
  EXPECT_EQ(cell(rows, 0, "usg_pct"), real(0.235));
  EXPECT_EQ(cell(rows, 0, "pie"), real(0.099));
  EXPECT_EQ(cell(rows, 0, "double_doubles"), integer(3));
  EXPECT_EQ(decoded.note, "");
}

TEST(PlayerSeasonStatsTest, OneAnswerWithoutRowsIsAnError) {
  Answers answers;
  answers.add(5);
  answers.advanced.clear();
  EXPECT_EQ(error_of([&] { answers.decode(); }).code(), Errc::kUpstreamEmpty);
  answers.base.clear();
  EXPECT_EQ(answers.decode().changes.at(0).rows.size(), 0U) << "nobody has played";
}

TEST(PlayerSeasonStatsTest, AMeasureThatIsBehindLeavesItsFiguresAsTheyAre) {
  auto facts = after_a_game(std::chrono::hours{3});
  Answers answers;
  for (int player = 1; player <= 300; ++player) answers.add(player);
  answers.advanced.erase(answers.advanced.begin());
  const auto decoded = answers.decode(facts);
  EXPECT_EQ(decoded.changes.at(0).rows.size(), 300U);
  EXPECT_THAT(decoded.note, HasSubstr("leaguedashplayerstats Advanced is behind: it lacks 1 of 300 "
                                      "players"));
}

TEST(PlayerSeasonStatsTest, AMeasureThatIsCutIsAnError) {
  Answers answers;
  for (int player = 1; player <= 300; ++player) answers.add(player);
  auto cut = answers;
  cut.advanced.resize(30);
  const auto error = error_of([&] { cut.decode(); });
  EXPECT_EQ(error.code(), Errc::kUpstreamShort);
  EXPECT_THAT(error.what(), HasSubstr("30 of the 300 players"));
  cut = answers;
  cut.base.resize(30);
  EXPECT_EQ(error_of([&] { cut.decode(); }).code(), Errc::kUpstreamShort);
  auto facts = new_season();
  facts.force = true;
  EXPECT_EQ(cut.decode(facts).changes.at(0).spared.size(), 270U);
}

// Guard 4, of players.
TEST(PlayerSeasonStatsTest, AnswersOfTwoMomentsAreNotMixed) {
  Answers answers;
  answers.add(1);
  answers.add(2);
  answers.advanced[0]["GP"] = "12";
  auto facts = after_a_game(std::chrono::hours{1});
  EXPECT_EQ(answers.asked_again(facts), 2U);
  const auto decoded = answers.decode(facts);
  const auto& change = decoded.changes.at(0);
  ASSERT_EQ(change.rows.size(), 1U);
  EXPECT_EQ(cell(change.rows, 0, "player_id"), integer(2));
  ASSERT_EQ(change.spared.size(), 1U);
  EXPECT_EQ(change.spared[0], (std::vector<Value>{integer(1), text("2025-26"), text("overall")}));
  EXPECT_THAT(decoded.note, HasSubstr("1 players are not of one moment"));
  EXPECT_EQ(answers.asked_again(after_a_game(std::chrono::hours{3})), 0U)
      << "the same copy would come";
}

TEST(PlayerSeasonStatsTest, TornRowsAreTakenWhereNothingBetterIsKnown) {
  Answers answers;
  answers.add(1);
  answers.advanced[0]["GP"] = "12";
  auto facts = after_a_game(std::chrono::hours{30});
  EXPECT_EQ(answers.decode(facts).changes.at(0).rows.size(), 1U) << "long ago";
  facts = after_a_game(std::chrono::hours{3});
  facts.stat_rows.clear();
  const auto decoded = answers.decode(facts);
  EXPECT_EQ(decoded.changes.at(0).rows.size(), 1U) << "none is stored";
  EXPECT_THAT(decoded.note, HasSubstr("do not agree on the games played"));
}

TEST(PlayerSeasonStatsTest, AnswersAreJudgedByTheTeamsThatPlayed) {
  auto facts = new_season();
  facts.games.emplace("0022500001", stored_game("final", 7, 8));
  const auto decoded = Answers().decode(facts);
  EXPECT_EQ(decoded.changes.at(0).guard->rows, 10U);
}

TEST(PlayerSeasonStatsTest, ThePlayoffsAreASplitOfTheirOwn) {
  auto facts = new_season();
  facts.types = {SeasonType::kRegular, SeasonType::kPlayoffs, SeasonType::kPlayIn};
  facts.games.emplace("0022500001", stored_game("final", 7, 8));
  EXPECT_EQ(kPlayerSeasonStats.requests(facts).size(), 2U);
  facts.games.emplace("0052500001", stored_game("final", 7, 8));
  EXPECT_EQ(kPlayerSeasonStats.requests(facts).size(), 2U) << "none of the play-in";
  facts.games.emplace("0042500101", stored_game("live", 7, 8));
  ASSERT_EQ(kPlayerSeasonStats.requests(facts).size(), 4U);
  EXPECT_EQ(kPlayerSeasonStats.requests(facts)[3].parameter("SeasonType"), "Playoffs");
  EXPECT_EQ(kPlayerSeasonStats.requests(facts)[3].parameter("MeasureType"), "Advanced");
}

TEST(PlayerSeasonStatsTest, BeforeTheyWereMadeNothingIsAsked) {
  const auto facts = new_season("1995-96");
  EXPECT_TRUE(kPlayerSeasonStats.requests(facts).empty());
  JsonDecoder json;
  EXPECT_THAT(kPlayerSeasonStats.decode(json, {}, facts).note, HasSubstr("from 1996-97 on"));
}

}  // namespace
}  // namespace nbasync::player_season_stats_test
