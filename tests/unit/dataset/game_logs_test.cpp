#include <gmock/gmock.h>

#include <algorithm>

#include "unit/dataset/game_logs_answers.hpp"

namespace nbasync::game_logs_test {
namespace {

using Answers = testing::GameLogAnswers;
using testing::cell;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::kNull;
using testing::kOneGame;
using testing::Line;
using testing::real;
using testing::rows_for;
using testing::text;
using testing::with_home;

TEST(GameLogsTest, ThreeAnswersBecomeOneRow) {
  const Rows rows = Answers(kOneGame).logs();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(cell(rows, 0, "game_id"), text("0022500001"));
  EXPECT_EQ(cell(rows, 0, "team_id"), integer(1));
  EXPECT_EQ(cell(rows, 0, "game_date"), text("2025-11-01"));
  EXPECT_EQ(cell(rows, 0, "season"), text("2025-26"));
  EXPECT_EQ(cell(rows, 0, "game_type"), text("Regular Season"));
  EXPECT_EQ(cell(rows, 0, "matchup"), text("MEM vs. DAL"));
  EXPECT_EQ(cell(rows, 0, "team_pts"), integer(101));
  EXPECT_EQ(cell(rows, 0, "minutes"), real(48));
  EXPECT_EQ(cell(rows, 0, "turnovers"), integer(13));
  EXPECT_EQ(cell(rows, 0, "fg2m"), integer(28));
  EXPECT_EQ(cell(rows, 0, "fg2a"), integer(55));
  EXPECT_EQ(cell(rows, 0, "pace"), real(99.91));
  EXPECT_EQ(cell(rows, 0, "off_rating"), real(110.5));
  EXPECT_EQ(cell(rows, 0, "points_in_paint"), integer(41));
}

TEST(GameLogsTest, TheOtherTeamsFiguresStandBeside) {
  const Rows rows = Answers(kOneGame).logs();
  EXPECT_EQ(cell(rows, 0, "opponent_team_id"), integer(2));
  EXPECT_EQ(cell(rows, 0, "opponent_abbr"), text("DAL"));
  EXPECT_EQ(cell(rows, 0, "opp_pts"), integer(102));
  EXPECT_EQ(cell(rows, 0, "opp_pace"), real(99.92));
  EXPECT_EQ(cell(rows, 0, "opp_points_in_paint"), integer(42));
  EXPECT_EQ(cell(rows, 0, "opp_fg2m"), integer(28));
  EXPECT_EQ(cell(rows, 1, "opponent_team_id"), integer(1));
  EXPECT_EQ(cell(rows, 1, "opp_pts"), integer(101));
}

TEST(GameLogsTest, MatchupTellsTheHomeTeamWhenTheScheduleDoesNot) {
  const Rows rows = Answers(kOneGame).logs();
  EXPECT_EQ(cell(rows, 0, "is_home"), integer(1));
  EXPECT_EQ(cell(rows, 1, "is_home"), integer(0));
}

TEST(GameLogsTest, TheScheduleDecidesAgainstMatchup) {
  const Rows rows = Answers(kOneGame).logs(with_home(2));
  EXPECT_EQ(cell(rows, 0, "is_home"), integer(0));
  EXPECT_EQ(cell(rows, 1, "is_home"), integer(1));
}

TEST(GameLogsTest, AScheduleThatNamesNeitherTeamDecidesNothing) {
  const Rows rows = Answers(kOneGame).logs(with_home(77));
  EXPECT_EQ(cell(rows, 0, "is_home"), integer(1));
}

TEST(GameLogsTest, AtANeutralSiteTheScheduleAloneTellsWhoIsAtHome) {
  const Answers answers({{1, "MEM", "0022500001", "2025-11-01", "MEM @ DAL"},
                         {2, "DAL", "0022500001", "2025-11-01", "MEM @ DAL"}});
  EXPECT_EQ(cell(answers.logs(), 0, "is_home"), kNull);
  EXPECT_EQ(cell(answers.logs(), 1, "is_home"), kNull);
  EXPECT_EQ(cell(answers.games(), 0, "home_team_id"), integer(1)) << "the first line's";
  EXPECT_EQ(cell(answers.games(), 0, "away_score"), integer(102));
  EXPECT_EQ(cell(answers.logs(with_home(2)), 1, "is_home"), integer(1));

  // What the lines alone have told stays told, in whatever order they come.
  auto facts = with_home(2);
  facts.games.begin()->second.is_scheduled = false;
  EXPECT_EQ(cell(answers.logs(facts), 0, "is_home"), kNull);
  EXPECT_EQ(cell(answers.games(facts), 0, "home_team_id"), integer(2));
  EXPECT_EQ(cell(answers.games(facts), 0, "home_score"), integer(102));
}

TEST(GameLogsTest, RowsThatContradictEachOtherLeaveTheHomeTeamOpen) {
  const Answers answers({{1, "MEM", "0022500001", "2025-11-01", "MEM @ DAL"},
                         {2, "DAL", "0022500001", "2025-11-01", "DAL @ MEM"}});
  EXPECT_EQ(cell(answers.logs(), 0, "is_home"), kNull);
  EXPECT_EQ(cell(answers.logs(), 1, "is_home"), kNull);
  EXPECT_EQ(cell(answers.games(), 0, "actual_total_points"), integer(203));
  EXPECT_EQ(cell(answers.logs(with_home(1)), 0, "is_home"), integer(1));
}

TEST(GameLogsTest, AnOvertimeGameKeepsItsMinutesAndItsOfficialPace) {
  auto lines = kOneGame;
  for (Line& line : lines) line.more = {{"MIN", "58.0"}, {"PACE", "97.5"}, {"POSS", "118"}};
  const Rows rows = Answers(lines).logs();
  EXPECT_EQ(cell(rows, 0, "minutes"), real(58));
  EXPECT_EQ(cell(rows, 0, "pace"), real(97.5));
  EXPECT_EQ(cell(rows, 0, "possessions"), real(118));
  EXPECT_EQ(cell(Answers(lines).games(), 0, "game_pace"), real(97.5));
}

TEST(GameLogsTest, RestIsKnownForBothTeams) {
  const Rows rows = Answers({{2, "DAL", "0022500009", "2025-11-02", "DAL vs. MIN"},
                             {3, "MIN", "0022500009", "2025-11-02", "MIN @ DAL"},
                             {1, "MEM", "0022500001", "2025-11-01", "MEM vs. DAL"},
                             {2, "DAL", "0022500001", "2025-11-01", "DAL @ MEM"},
                             {3, "MIN", "0022500002", "2025-10-29", "MIN vs. MEM"},
                             {1, "MEM", "0022500002", "2025-10-29", "MEM @ MIN"}})
                        .logs();
  EXPECT_EQ(cell(rows, 0, "rest_days"), integer(1));
  EXPECT_EQ(cell(rows, 0, "is_back_to_back"), integer(1));
  EXPECT_EQ(cell(rows, 1, "rest_days"), integer(4));
  EXPECT_EQ(cell(rows, 1, "is_back_to_back"), integer(0));
  EXPECT_EQ(cell(rows, 2, "rest_days"), integer(3));
  EXPECT_EQ(cell(rows, 3, "rest_days"), kNull);
  EXPECT_EQ(cell(rows, 3, "is_back_to_back"), integer(0));
  EXPECT_EQ(cell(rows, 4, "rest_days"), kNull);
}

TEST(GameLogsTest, AGameThatIsLiveHasNoResultYet) {
  auto lines = kOneGame;
  lines[0].more = {{"WL", "null"}};
  EXPECT_EQ(cell(Answers(lines).logs(), 0, "win_loss"), kNull);
  EXPECT_EQ(cell(Answers(lines).games(), 0, "status"), text("live"));
  EXPECT_EQ(cell(Answers(kOneGame).games(), 0, "status"), text("final"));
}

TEST(GameLogsTest, ARowWithoutTwinsHasNoFiguresOfTheirs) {
  Answers answers(kOneGame);
  answers.advanced.erase(answers.advanced.begin());
  answers.misc.pop_back();
  const Rows rows = answers.logs();
  EXPECT_EQ(cell(rows, 0, "pace"), kNull);
  EXPECT_EQ(cell(rows, 1, "opp_pace"), kNull);
  EXPECT_EQ(cell(rows, 1, "pace"), real(99.92));
  EXPECT_EQ(cell(rows, 0, "points_in_paint"), integer(41));
  EXPECT_EQ(cell(rows, 0, "opp_points_in_paint"), kNull);
  EXPECT_EQ(cell(answers.games(), 0, "game_pace"), real(99.92));
}

TEST(GameLogsTest, ATeamAloneInItsGameKnowsTheOtherByName) {
  const Answers answers({{1, "MEM", "0022500001", "2025-11-01", "MEM @ DAL"}});
  const Rows rows = answers.logs();
  EXPECT_EQ(cell(rows, 0, "opponent_abbr"), text("DAL"));
  EXPECT_EQ(cell(rows, 0, "opponent_team_id"), kNull);
  EXPECT_EQ(cell(rows, 0, "opp_pts"), kNull);
  EXPECT_EQ(answers.games().size(), 0U);
}

TEST(GameLogsTest, GamesOfOtherLeaguesAreDropped) {
  const Answers answers({{1, "MEM", "1522500001", "2025-07-11", "MEM vs. DAL"},
                         {2, "DAL", "1522500001", "2025-07-11", "DAL @ MEM"}});
  EXPECT_EQ(answers.logs().size(), 0U);
  EXPECT_EQ(answers.games().size(), 0U);
}

TEST(GameLogsTest, AMeasureWithoutRowsIsNamedWhenBaseHasSome) {
  Answers answers(kOneGame);
  answers.misc.clear();
  const Error error = error_of([&] { answers.decode(); });
  EXPECT_EQ(error.code(), Errc::kUpstreamEmpty);
  EXPECT_THAT(error.what(), HasSubstr("teamgamelogs Misc: "));
}

TEST(GameLogsTest, ASeasonThatHasNotBegunIsNoError) {
  const Decoded decoded = Answers({}).decode();
  EXPECT_EQ(rows_for(decoded, "team_game_logs").size(), 0U);
}

TEST(GameLogsTest, GamesAreToldOfWithoutReplacingWhatTheScheduleKnows) {
  const Decoded decoded = Answers(kOneGame).decode();
  const auto found = std::ranges::find(decoded.changes, &kGamesTable, &TableChange::table);
  ASSERT_NE(found, decoded.changes.end());
  const TableChange& games = *found;
  EXPECT_FALSE(games.complete);
  EXPECT_FALSE(games.counted);
  ASSERT_EQ(games.rows.size(), 1U);
  EXPECT_EQ(cell(games.rows, 0, "id"), text("0022500001"));
  EXPECT_EQ(cell(games.rows, 0, "home_team_id"), integer(1));
  EXPECT_EQ(cell(games.rows, 0, "away_team_id"), integer(2));
  EXPECT_EQ(cell(games.rows, 0, "home_score"), integer(101));
  EXPECT_EQ(cell(games.rows, 0, "away_score"), integer(102));
  EXPECT_EQ(cell(games.rows, 0, "actual_total_points"), integer(203));
  EXPECT_EQ(cell(games.rows, 0, "game_pace"), real(99.92));
  EXPECT_EQ(cell(games.rows, 0, "game_date"), text("2025-11-01"));
  for (const Column& column : games.rows.columns) {
    const bool replaces = !column.key && column.on_update == OnUpdate::kReplace;
    EXPECT_EQ(replaces, column.name == "status") << column.name;
  }
}

TEST(GameLogsTest, FaultsNameTheAnswer) {
  const auto fault = [](const Answers& answers) {
    const Error error = error_of([&] { answers.decode(); });
    EXPECT_EQ(error.code(), Errc::kUpstreamMalformed);
    return std::string(error.what());
  };
  Answers twice(kOneGame);
  twice.advanced.push_back(twice.advanced.front());
  EXPECT_EQ(fault(twice), "teamgamelogs Advanced: two rows for GAME_ID 0022500001, TEAM_ID 1");

  Answers three(kOneGame);
  three.base.push_back(three.base.front());
  three.base.back()["TEAM_ID"] = "3";
  EXPECT_THAT(fault(three), HasSubstr("three rows for game 0022500001"));

  Answers nameless(kOneGame);
  nameless.base.front()["GAME_ID"] = "\"nonsense\"";
  EXPECT_THAT(fault(nameless), HasSubstr("'nonsense' is no game id"));
}

}  // namespace
}  // namespace nbasync::game_logs_test
