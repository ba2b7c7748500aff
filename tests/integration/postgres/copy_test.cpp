#include <csignal>
#include <set>
#include <string>

#include "copy_fixture.hpp"
#include "support/predecessor_file.hpp"

namespace nbasync::testing {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(CopyTest, ARoundTripKeepsEveryCell) {
  take_all_players();
  change_file(
      "INSERT INTO nbasync_decisions (schedule, reason) VALUES ('odd', 'a' || char(9) || 'b\\n' || "
      "char(10) || '\\N' || char(13) || '\"''{é}'), ('', NULL);"
      "UPDATE team_game_logs SET turnovers = 26.2 WHERE game_id = '0022500001';"
      "UPDATE league_averages SET ppg = 0.1 + 0.2, pace = -0.0, off_rtg = 9e999");
  ASSERT_EQ(copy_to(), 0) << err_;
  EXPECT_THAT(out_, AllOf(ContainsRegex("nba_teams +30\n"), ContainsRegex("player_game_logs +221"),
                          HasSubstr("database: {url: \"" + place_.name() + "\"}\n"),
                          Not(HasSubstr("not ours"))));
  ASSERT_EQ(copy_from(back_), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("database: {path: \"" + back_.string() + "\"}\n"));
  EXPECT_EQ(cells_of(back_), cells_of(file_));
  EXPECT_EQ(query("SELECT turnovers FROM team_game_logs WHERE game_id = '0022500001' LIMIT 1"),
            "26.2");
}

TEST_F(CopyTest, ADaemonGoesOnWhereTheFileWasLeft) {
  const std::string often = "schedules: [{name: often, sync: teams, every: 1s}]\n";
  configure_file(often);
  {
    Process on_file({NBASYNCD, "--config", file_config_.string()});
    ASSERT_TRUE(on_file.wait_for("sync finished")) << on_file.err();
    EXPECT_EQ(run(kOverSocket, {"pause"}), 0) << err_;
    on_file.signal(SIGTERM);
    EXPECT_EQ(on_file.wait(), 0);
  }
  ASSERT_EQ(copy_to(), 0) << err_;
  const auto decisions = query("SELECT count(*), max(id) FROM nbasync_decisions");
  EXPECT_EQ(decisions, first_of_file("SELECT count(*) || '|' || max(id) FROM nbasync_decisions"));
  EXPECT_EQ(query("SELECT decided_until FROM nbasync_schedules"),
            first_of_file("SELECT decided_until FROM nbasync_schedules"));
  configure(often);
  start_daemon();
  const auto status = json_of(kOverSocket, {"status"});
  EXPECT_EQ(status["paused"], true);
  EXPECT_EQ(status["recent_syncs"][0]["triggered_by"], "schedule:often");
  EXPECT_EQ(run(kOverSocket, {"explain", "often"}), 0) << err_;
  EXPECT_EQ(query("SELECT count(*), max(id) FROM nbasync_decisions"), decisions);

  execute("UPDATE nba_teams SET city = 'Nowhere' WHERE team_abbreviation = 'BOS'");
  const auto seq = std::stol(first_of_file("SELECT max(seq) FROM nbasync_changes"));
  const auto id = std::stol(first_of_file("SELECT max(id) FROM data_sync_log"));
  EXPECT_EQ(run(kOverSocket, {"sync", "teams"}), 0) << err_;
  EXPECT_EQ(query("SELECT max(seq) FROM nbasync_changes"), std::to_string(seq + 1));
  EXPECT_EQ(query("SELECT max(id) FROM data_sync_log"), std::to_string(id + 1));
  EXPECT_EQ(run(kOverSocket, {"changes", "--since", std::to_string(seq - 1)}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("Nowhere"));
}

TEST_F(CopyTest, AFileGoesOnWhereThePostgresqlWasLeft) {
  ASSERT_EQ(copy_to(), 0) << err_;
  ASSERT_EQ(copy_from(back_), 0) << err_;
  std::filesystem::rename(back_, file_);
  const auto seq = std::stol(first_of_file("SELECT max(seq) FROM nbasync_changes"));
  const auto id = std::stol(first_of_file("SELECT max(id) FROM data_sync_log"));
  change_file("UPDATE nba_teams SET city = 'Nowhere' WHERE team_abbreviation = 'BOS'");
  ASSERT_EQ(copy({"--once", "teams"}), 0) << err_;
  EXPECT_EQ(first_of_file("SELECT max(seq) FROM nbasync_changes"), std::to_string(seq + 1));
  EXPECT_EQ(first_of_file("SELECT max(id) FROM data_sync_log"), std::to_string(id + 1));
}

TEST_F(CopyTest, WhatIsNotOursIsNamedAndStays) {
  change_file(
      "CREATE TABLE odds (game_id TEXT, line REAL); INSERT INTO odds VALUES ('a', 1.5);"
      "ALTER TABLE games ADD COLUMN predicted_total REAL");
  ASSERT_EQ(copy_to(), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("not copied, not ours: column games.predicted_total\n"
                              "not copied, not ours: table odds\n"));
  execute("CREATE TABLE notes (words text); ALTER TABLE nba_teams ADD COLUMN anthem text");
  ASSERT_EQ(copy_from(back_), 0) << err_;
  EXPECT_THAT(out_, Not(HasSubstr("U+FFFD")));
  EXPECT_THAT(out_, HasSubstr("not copied, not ours: column nba_teams.anthem\n"
                              "not copied, not ours: table notes\n\n"));
}

TEST_F(CopyTest, ACellThatReadsAsItsColumnsTypeIsConverted) {
  change_file(
      "DROP TABLE league_averages; CREATE TABLE league_averages (season TEXT PRIMARY KEY, ppg, "
      "pace, off_rtg, def_rtg, fg_pct, fg3_pct, ft_pct, updated_at);"
      "INSERT INTO league_averages VALUES (2025, '48', 48, 48.5, '1e3', NULL, NULL, NULL, 5);"
      "DROP TABLE todays_games; CREATE TABLE todays_games (game_id PRIMARY KEY, period);"
      "INSERT INTO todays_games VALUES ('a', '48'), ('b', 48.0), ('c', '48.0'), "
      "('d', NULL), (x'61' || 'e' || char(0) || x'ff' || 'f', 1)");
  ASSERT_EQ(copy_to(), 0) << err_;
  EXPECT_EQ(query("SELECT season, ppg, pace, off_rtg, def_rtg, updated_at FROM league_averages"),
            "2025|48|48|48.5|1000|5");
  EXPECT_THAT(out_, HasSubstr("with U+FFFD for NUL and what is no UTF-8: 1 cell of table "
                              "todays_games\n"));
  EXPECT_EQ(query("SELECT game_id, period FROM todays_games ORDER BY game_id"),
            "a|48\nae\xef\xbf\xbd\xef\xbf\xbd"
            "f|1\nb|48\nc|48\nd|");
}

TEST_F(CopyTest, ACellThatDoesNotIsNamedAndNothingIsCopied) {
  const struct {
    const char* cell;
    const char* shown;
  } kCells[] = {
      {"'abc'", "'abc'"}, {"48.5", "48.5"}, {"x'00ff'", "2 bytes"}, {"''", "''"}, {"9e999", "inf"}};
  change_file("DROP TABLE todays_games; CREATE TABLE todays_games (game_id PRIMARY KEY, period)");
  for (const auto& [cell, shown] : kCells) {
    SCOPED_TRACE(cell);
    change_file(
        "DELETE FROM todays_games; INSERT INTO todays_games (game_id, period) VALUES "
        "('0022501216', " +
        std::string(cell) + ")");
    EXPECT_EQ(copy_to(), 1);
    EXPECT_THAT(err_, HasSubstr("table todays_games, row with game_id '0022501216': column period "
                                "has " +
                                std::string(shown) + ", which does not read as a whole number"));
    EXPECT_EQ(counts(), kNothing);
  }
  change_file(
      "DELETE FROM todays_games; INSERT INTO todays_games (game_id, period) VALUES (NULL, 1), "
      "('a', 'b'), ('c', 'd')");
  EXPECT_EQ(copy_to(), 1);
  EXPECT_THAT(err_, HasSubstr("column game_id has NULL, which does not read as text (and so 2 "
                              "other cells of it)"));
  change_file("DELETE FROM todays_games");
  EXPECT_EQ(copy_to(), 0) << err_;
}

// Two runs of one id among it, for which a database without them has no room.
TEST_F(CopyTest, APredecessorsFileIsCopiedAndADaemonGoesOn) {
  std::filesystem::remove(file_);
  auto names = predecessor_traits();
  std::set<std::string> traits(names.begin(), names.end());
  traits.erase("percentages in mixed units");  // '47.1%' is no number
  make_predecessor_file(file_.string(), traits);
  change_file(
      "DELETE FROM games WHERE typeof(away_team_id) = 'text' OR typeof(home_score) <> 'integer';"
      "UPDATE data_sync_log SET duration_seconds = 1 WHERE typeof(duration_seconds) = 'text'");
  ASSERT_EQ(copy_to(), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("table ai_game_writeups\n"),
                          HasSubstr("column data_sync_log.RETRY_ATTEMPT\n")));
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE run_id = 'retry'"), "2");
  start_daemon();
  EXPECT_EQ(run(kOverSocket, {"sync", "teams"}), 0) << err_;
  daemon_.reset();
  start_daemon();
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0);
  ASSERT_EQ(copy_from(back_), 0) << err_;
}

}  // namespace
}  // namespace nbasync::testing
