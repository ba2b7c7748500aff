#include "check/data_checks.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "check/whole_checks.hpp"
#include "dataset/catalog.hpp"
#include "store/store.hpp"
#include "support/test_engine.hpp"

namespace nbasync {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Names = std::set<std::string>;

constexpr const char* kSeason = "2025-26";

// Three finals of three teams, with all that a whole season has of them; each test spoils one
// thing, and says which checks find it.
class DataChecksTest : public ::testing::Test {
 protected:
  DataChecksTest() {
    const Store makes_the_tables(database_);
    tell(R"(
      INSERT INTO games (id, season, game_date, game_time_utc, home_team_id, away_team_id,
                         home_score, away_score, status, is_neutral) VALUES
        ('0022500001', '2025-26', '2025-11-01', '2025-11-02T00:00:00Z', 1, 2, 100, 90, 'final', 0),
        ('0022500002', '2025-26', '2025-11-03', '2025-11-04T00:00:00Z', 2, 3, 100, 90, 'final', 0),
        ('0022500003', '2025-26', '2025-11-05', '2025-11-06T00:00:00Z', 3, 1, 90, 100, 'final', 1),
        ('0022500004', '2025-26', '2025-12-24', '2025-12-25T00:00:00Z', 1, 2, NULL, NULL,
         'scheduled', 0),
        ('0022500005', '2025-26', '2025-11-07', '2025-11-08T00:00:00Z', 1, 2, NULL, NULL,
         'postponed', 0);
      INSERT INTO team_game_logs (game_id, team_id, season, game_date, is_home, opponent_team_id,
                                  team_abbreviation, team_pts, opp_pts, win_loss) VALUES
        ('0022500001', 1, '2025-26', '2025-11-01', 1, 2, 'AAA', 100, 90, 'W'),
        ('0022500001', 2, '2025-26', '2025-11-01', 0, 1, 'BBB', 90, 100, 'L'),
        ('0022500002', 2, '2025-26', '2025-11-03', 1, 3, 'BBB', 100, 90, 'W'),
        ('0022500002', 3, '2025-26', '2025-11-03', 0, 2, 'CCC', 90, 100, 'L'),
        ('0022500003', 3, '2025-26', '2025-11-05', 1, 1, 'CCC', 90, 100, 'L'),
        ('0022500003', 1, '2025-26', '2025-11-05', 0, 3, 'AAA', 100, 90, 'W');
      INSERT INTO player_game_logs (game_id, player_id, team_id, season, points)
        SELECT game_id, team_id * 10, team_id, season, team_pts - 30 FROM team_game_logs UNION ALL
        SELECT game_id, team_id * 10 + 5, team_id, season, 30 FROM team_game_logs;
      INSERT INTO standings (team_id, season, wins, losses) VALUES
        (1, '2025-26', 2, 0), (2, '2025-26', 1, 1), (3, '2025-26', 0, 2);
      INSERT INTO team_season_stats (team_id, season, split_type, games_played) VALUES
        (1, '2025-26', 'overall', 2), (2, '2025-26', 'overall', 2), (3, '2025-26', 'overall', 2),
        (1, '2025-26', 'home', 1), (2, '2025-26', 'home', 1), (3, '2025-26', 'home', 1),
        (1, '2025-26', 'away', 0), (2, '2025-26', 'away', 1), (3, '2025-26', 'away', 1);
      INSERT INTO todays_games (game_id, game_date, game_status_code) VALUES
        ('0022500003', '2025-11-05', 3);
      INSERT INTO data_sync_log (run_id, sync_type, status, requested_at) VALUES
        ('now', 'full', 'started', '2025-11-10T11:59:00.000Z'))");
  }

  void tell(const std::string& sql) const { testing::execute(place_.name(), sql); }

  CheckAnswers look() {
    auto types = types_;
    return check_data(*database_.connect_reader(), types, now_, {});
  }

  // The words of the checks that find something.
  Names findings() {
    Names words;
    for (const auto& answer : look()) {
      if (answer.status == CheckStatus::kFinding) words.insert(answer.check);
    }
    return words;
  }

  CheckAnswer answer_of(const std::string& word) {
    const auto answers = look();
    const auto found = std::ranges::find(answers, word, &CheckAnswer::check);
    return found == answers.end() ? CheckAnswer() : *found;
  }

  // The findings after this, and only then.
  Names after(const std::string& sql) {
    EXPECT_THAT(findings(), IsEmpty()) << "before";
    tell(sql);
    return findings();
  }

  testing::NewPlace place_;
  testing::TestDatabase database_{place_.name()};
  SystemTime now_ = *parse_utc("2025-11-10T12:00:00Z");
  std::vector<SeasonType> types_{SeasonType::kRegular, SeasonType::kPlayoffs};
};

TEST_F(DataChecksTest, WholeSeasonIsWell) {
  std::vector<std::string> words;
  for (const auto& answer : look()) {
    EXPECT_EQ(answer.status, CheckStatus::kOk) << answer.check << ": " << answer.text;
    EXPECT_EQ(answer.count, 0) << answer.check;
    EXPECT_NE(answer.text, "") << answer.check;
    words.push_back(answer.check);
  }
  const auto all = data_check_words();
  EXPECT_EQ(words, std::vector<std::string>(all.begin(), all.end()));
  EXPECT_EQ(answer_of("final-lines").text, "3 finals have their lines");
}

TEST_F(DataChecksTest, FinalWithoutItsLines) {
  EXPECT_THAT(after("DELETE FROM team_game_logs WHERE game_id = '0022500001' AND team_id = 1"),
              ElementsAre("final-lines", "season-figures", "standings"));
  auto answer = answer_of("final-lines");
  EXPECT_EQ(answer.text, "finals without their two lines: 0022500001 of 2025-11-01 (1)");
  EXPECT_EQ(answer.count, 1);
  EXPECT_EQ(answer.hint, "nbasyncctl sync game_logs --season 2025-26");
  EXPECT_EQ(answer.season, kSeason);
  tell("DELETE FROM team_game_logs WHERE game_id = '0022500001'");
  EXPECT_THAT(answer_of("final-lines").text, HasSubstr("; days without any line: 2025-11-01"));
}

TEST_F(DataChecksTest, FinalOfLessThanADayAgoMayLackItsLines) {
  now_ = *parse_utc("2025-11-06T23:59:59Z");
  tell("DELETE FROM team_game_logs WHERE game_id = '0022500003'");
  EXPECT_EQ(answer_of("final-lines").status, CheckStatus::kOk);
  now_ = *parse_utc("2025-11-07T00:00:00Z");
  EXPECT_EQ(answer_of("final-lines").count, 1);
}

TEST_F(DataChecksTest, TypesThatAreNotSyncedAreNotLookedAt) {
  tell(
      "INSERT INTO games (id, season, game_date, home_team_id, away_team_id, status) VALUES "
      "('0012500001', '2025-26', '2025-10-04', 1, 2, 'final'), "
      "('0032500001', '2025-26', '2025-10-05', 1, 2, 'final'), "
      "('0012500002', '2025-26', '2025-10-06', 1, 2, 'live')");
  EXPECT_THAT(findings(), IsEmpty());
  types_.push_back(SeasonType::kPreSeason);
  EXPECT_THAT(findings(), ElementsAre("final-lines", "unfinished-games"));
}

TEST_F(DataChecksTest, LinesThatDoNotAddUpToTheScore) {
  EXPECT_THAT(after("UPDATE games SET home_score = 101 WHERE id = '0022500001'"),
              ElementsAre("final-scores"));
  EXPECT_EQ(answer_of("final-scores").text,
            "finals whose lines do not add up to the score: 0022500001 (AAA 101, its line 100)");
  tell("UPDATE games SET home_score = NULL WHERE id = '0022500001'");
  EXPECT_THAT(answer_of("final-scores").text, HasSubstr("0022500001 (no score)"));
  tell("UPDATE games SET home_score = 100, home_team_id = 3 WHERE id = '0022500001'");
  EXPECT_THAT(answer_of("final-scores").text, HasSubstr("(1 has not played in it)"));
}

TEST_F(DataChecksTest, LinesThatContradictEachOther) {
  EXPECT_THAT(after("UPDATE team_game_logs SET opp_pts = 91 WHERE game_id = '0022500001' AND "
                    "team_id = 1"),
              ElementsAre("line-pairs"));
  EXPECT_THAT(answer_of("line-pairs").text, HasSubstr(": 0022500001"));
  tell(
      "UPDATE team_game_logs SET opp_pts = 90, opponent_team_id = 3 WHERE game_id = '0022500001' "
      "AND team_id = 1");
  EXPECT_EQ(answer_of("line-pairs").count, 1);
  tell("UPDATE team_game_logs SET opponent_team_id = 2 WHERE game_id = '0022500001'");
  EXPECT_EQ(answer_of("line-pairs").count, 1) << "of the other line";
}

TEST_F(DataChecksTest, WinnerWithFewerPoints) {
  EXPECT_THAT(after("UPDATE team_game_logs SET win_loss = CASE win_loss WHEN 'W' THEN 'L' ELSE 'W' "
                    "END WHERE game_id = '0022500001'"),
              ElementsAre("line-pairs", "standings"));
}

TEST_F(DataChecksTest, PlayersWhosePointsAreNotTheTeams) {
  EXPECT_THAT(after("UPDATE player_game_logs SET points = 31 WHERE player_id = 15 AND game_id = "
                    "'0022500001'"),
              ElementsAre("player-points"));
  EXPECT_THAT(answer_of("player-points").text,
              HasSubstr(": AAA of 0022500001 (100, its players 101)"));
  tell("DELETE FROM player_game_logs WHERE game_id = '0022500001' AND team_id = 1");
  EXPECT_THAT(answer_of("player-points").text, HasSubstr("AAA of 0022500001 (no players)"));
  tell("DELETE FROM player_game_logs");
  EXPECT_EQ(answer_of("player-points").status, CheckStatus::kUnchecked);
}

TEST_F(DataChecksTest, GameThatIsStoredTwice) {
  EXPECT_THAT(after("INSERT INTO team_game_logs (game_id, team_id, season, game_date) VALUES "
                    "('0022500001', 3, '2025-26', '2025-11-01')"),
              ElementsAre("duplicates"));
  EXPECT_THAT(answer_of("duplicates").text, HasSubstr("0022500001 (3 lines of 3 teams)"));
}

TEST_F(DataChecksTest, SameTeamsTwiceOnADay) {
  const auto found = after(
      "UPDATE games SET home_team_id = 1, away_team_id = 2, game_date = '2025-11-01', "
      "game_time_utc = NULL WHERE id = '0022500002'");
  EXPECT_TRUE(found.contains("duplicates"));
  EXPECT_THAT(answer_of("duplicates").text, HasSubstr("0022500001 and 0022500002"));
}

TEST_F(DataChecksTest, LinesWithoutAGame) {
  EXPECT_THAT(after("DELETE FROM games WHERE id = '0022500002'"),
              ElementsAre("lines-without-game"));
  EXPECT_THAT(answer_of("lines-without-game").text, HasSubstr(": 0022500002"));
}

TEST_F(DataChecksTest, GameOfAPastDayThatHasNotEnded) {
  EXPECT_THAT(after("UPDATE games SET game_time_utc = '2025-11-09T11:00:00Z' WHERE id = "
                    "'0022500004'"),
              ElementsAre("unfinished-games"));
  tell("UPDATE games SET game_time_utc = '2025-11-09T13:00:00Z' WHERE id = '0022500004'");
  EXPECT_THAT(findings(), IsEmpty()) << "it may go on";
}

TEST_F(DataChecksTest, StandingsOfAnotherRecord) {
  EXPECT_THAT(after("UPDATE standings SET wins = 3 WHERE team_id = 1"), ElementsAre("standings"));
  EXPECT_EQ(answer_of("standings").text,
            "teams whose record is another one by the lines: AAA (3-0 in the standings, 2-0 by its "
            "lines)");
  now_ = *parse_utc("2025-11-06T08:30:00Z");  // six hours and a game after the tip-off
  EXPECT_EQ(answer_of("standings").status, CheckStatus::kOk) << "they may lag";
  now_ = *parse_utc("2025-11-06T08:30:01Z");
  EXPECT_EQ(answer_of("standings").count, 1);
}

TEST_F(DataChecksTest, SeasonFiguresOfAnotherNumberOfGames) {
  EXPECT_THAT(after("UPDATE team_season_stats SET games_played = 1 WHERE team_id = 2 AND "
                    "split_type = 'overall'"),
              ElementsAre("season-figures"));
  EXPECT_THAT(answer_of("season-figures").text, HasSubstr(": BBB overall (1 games, 2 lines)"));
  tell("DELETE FROM team_season_stats WHERE team_id = 2 AND split_type = 'overall'");
  EXPECT_THAT(answer_of("season-figures").text, HasSubstr(": BBB overall (0 games, 2 lines)"));
}

TEST_F(DataChecksTest, NeutralGamesCountAtHomeAndAwayAsUpstreamLikes) {
  tell("UPDATE team_season_stats SET games_played = 0 WHERE team_id = 3 AND split_type = 'home'");
  tell("UPDATE team_season_stats SET games_played = 2 WHERE team_id = 3 AND split_type = 'away'");
  EXPECT_THAT(findings(), IsEmpty());
  tell("UPDATE team_season_stats SET games_played = 2 WHERE team_id = 2 AND split_type = 'home'");
  EXPECT_THAT(answer_of("season-figures").text, HasSubstr(": BBB home (2 games"));
}

TEST_F(DataChecksTest, WhatWasNeverSyncedIsNotCompared) {
  tell("DELETE FROM standings; DELETE FROM team_season_stats");
  EXPECT_EQ(answer_of("standings").status, CheckStatus::kUnchecked);
  EXPECT_EQ(answer_of("season-figures").status, CheckStatus::kUnchecked);
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(DataChecksTest, GameThatIsShownAsLivePastItsDay) {
  EXPECT_THAT(after("UPDATE todays_games SET game_status_code = 2"), ElementsAre("live-past-day"));
  EXPECT_THAT(answer_of("live-past-day").text, HasSubstr(": 0022500003 of 2025-11-05"));
  now_ = *parse_utc("2025-11-06T10:00:00Z");
  EXPECT_EQ(answer_of("live-past-day").status, CheckStatus::kOk) << "it may be a long evening";
}

TEST_F(DataChecksTest, LeftoversGoWithTheStatement) {
  EXPECT_THAT(
      after("INSERT INTO games (id, season) VALUES ('1522500001', '2025-26'), ('x', '2025-26'), "
            "('0', '2025-26'); "
            "INSERT INTO team_game_logs (game_id, team_id, season, game_date) VALUES "
            "('1522500001', 1, '2025-26', '2025-07-11'); INSERT INTO todays_games (game_id) VALUES "
            "('1022500007')"),
      ElementsAre("leftovers"));
  const auto answer = answer_of("leftovers");
  EXPECT_EQ(answer.count, 5);
  EXPECT_THAT(answer.text, HasSubstr("3 of games"));
  EXPECT_THAT(answer.statement, HasSubstr("DELETE FROM games WHERE id NOT LIKE '00%';"));
  tell(answer.statement);
  EXPECT_THAT(findings(), IsEmpty());
}

// Whatever the size of the table.
class LeftoversTest : public DataChecksTest {};

TEST_F(LeftoversTest, AreFoundByAnIndexInEachTable) {
  std::size_t asked = 0;
  for (const Table* table : tables()) {
    const auto column = game_column(*table);
    if (column.empty()) continue;
    ++asked;
    database_.connect_reader()->each(
        "EXPLAIN QUERY PLAN " + leftovers_count(*table, column), {},
        [&](const Row& row) {
          EXPECT_THAT(to_text(row[3]), ::testing::Not(HasSubstr("SCAN"))) << table->name;
        },
        {});
  }
  EXPECT_GE(asked, 4U);
}

TEST_F(DataChecksTest, RunsThatNeverEndedAreClosedByTheStatement) {
  EXPECT_THAT(after("INSERT INTO data_sync_log (run_id, sync_type, status, started_at, "
                    "requested_at) VALUES (NULL, 'full', 'started', '2025-11-10T11:00:00Z', NULL), "
                    "('ours', 'full', 'started', NULL, '2025-11-09T11:59:59.000Z')"),
              ElementsAre("open-runs"));
  const auto answer = answer_of("open-runs");
  EXPECT_EQ(answer.count, 2);
  tell(answer.statement);
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(DataChecksTest, NoteHasTheSeasonsFindingsOnly) {
  EXPECT_EQ(note_of(look()), "");
  tell(
      "UPDATE standings SET wins = 3 WHERE team_id = 1; INSERT INTO games (id, season) VALUES "
      "('1522500001', '2025-26')");
  EXPECT_THAT(note_of(look()), ::testing::StartsWith("standings: teams whose record"));
  EXPECT_THAT(note_of(look()), ::testing::Not(HasSubstr("leftovers")));
}

TEST_F(DataChecksTest, ViewsThatAreSomebodyElsesAreTold) {
  EXPECT_EQ(after("DROP VIEW v_standings; CREATE TABLE v_standings (mine TEXT)"), Names{"views"});
}

TEST_F(DataChecksTest, SeasonsThatAreWellAreSummedUp) {
  tell(
      "INSERT INTO games (id, season, game_date, home_team_id, away_team_id, home_score, "
      "away_score, status) VALUES ('0022400001', '2024-25', '2024-11-01', 1, 2, 1, 2, 'final'), "
      "('0022300001', '2023-24', '2023-11-01', 1, 2, 1, 2, 'scheduled'), "
      "('0022300002', '22025', 'soon', 1, 2, 1, 2, 'final')");
  const auto answers = summed_up(look());
  EXPECT_EQ(answers.front().check, "final-lines");
  EXPECT_EQ(answers.front().season, "2024-25");
  EXPECT_EQ(answers.front().status, CheckStatus::kFinding);
  EXPECT_EQ(answers[1].text, "2 seasons are well");
  EXPECT_EQ(answers[1].season, "");
}

TEST_F(DataChecksTest, ReadingIsBrokenOff) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(check_data(*database_.connect_reader(), types_, now_, stop.get_token()), Error);
}

}  // namespace
}  // namespace nbasync
