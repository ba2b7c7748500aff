#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>
#include <vector>

#include "integration/daemon/daemon_fixture.hpp"
#include "support/rounds.hpp"

namespace nbasync::testing {
namespace {

// Whole syncs of the demo season, as it stands on several days, checked against figures that the
// database computes by itself.
class SeasonTest : public DaemonFixture {
 protected:
  SeasonTest() { full_is_all(); }

  // A full sync; how many requests it made.
  std::size_t sync() {
    const auto before = upstream_.count();
    EXPECT_EQ(once("full"), 0) << out_ << err_;
    return upstream_.count() - before;
  }
  void expect_whole() const {
    // Two lines a final, that add up to its score.
    EXPECT_EQ(query("SELECT g.id FROM games g WHERE g.status = 'final' AND g.id LIKE '00%' AND "
                    "(SELECT count(*) || ' ' || sum(team_pts) FROM team_game_logs l WHERE "
                    "l.game_id = g.id) IS NOT '2 ' || (g.home_score + g.away_score)"),
              "");
    EXPECT_EQ(query("SELECT count(*) FROM team_game_logs WHERE game_id NOT IN (SELECT id FROM "
                    "games)"),
              "0");
    // Splits against lines of games.
    for (const auto& [split, part] :
         std::map<std::string, std::string>{{"overall", "'Regular Season'"},
                                            {"home", "'Regular Season' AND is_home = 1"},
                                            {"playoffs", "'Playoffs'"},
                                            {"playoffs_away", "'Playoffs' AND is_home = 0"}}) {
      EXPECT_EQ(query("SELECT s.team_id, s.games_played, l.games, s.ppg, l.points FROM (SELECT * "
                      "FROM team_season_stats WHERE split_type = '" +
                      split +
                      "') s FULL JOIN (SELECT team_id, count(*) games, avg(team_pts) points, "
                      "sum(win_loss = 'W') wins FROM team_game_logs WHERE win_loss IS NOT NULL AND "
                      "game_type = " +
                      part +
                      " GROUP BY team_id) l ON l.team_id = s.team_id WHERE s.games_played IS NOT "
                      "l.games OR s.wins IS NOT l.wins OR abs(s.ppg - l.points) > 0.051"),
                "")
          << split;
    }
    // Standings against lines.
    EXPECT_EQ(
        query("SELECT s.team_id, s.wins, s.losses FROM standings s WHERE wins || '-' || losses "
              "IS NOT (SELECT sum(win_loss = 'W') || '-' || sum(win_loss = 'L') FROM "
              "team_game_logs l WHERE l.team_id = s.team_id AND game_type = 'Regular "
              "Season')"),
        "");
    EXPECT_EQ(query("SELECT count(*) FROM standings WHERE team_abbreviation IS NULL"), "0");
    // Lines of players against those of their teams, and their averages against their lines.
    EXPECT_EQ(
        query("SELECT l.game_id, l.team_id, p.count, p.points FROM team_game_logs l LEFT JOIN "
              "(SELECT game_id, team_id, count(*) count, sum(points) points, "
              "sum(rebounds) rebounds, sum(assists) assists, min(is_home) home, "
              "max(is_home) home_too, min(opponent_team_id) opponent "
              "FROM player_game_logs GROUP BY game_id, team_id) p USING (game_id, team_id) "
              "WHERE p.points IS NOT l.team_pts OR p.rebounds IS NOT l.rebounds OR "
              "p.assists IS NOT l.assists OR p.home IS NOT l.is_home OR p.home_too IS NOT "
              "l.is_home OR p.opponent IS NOT l.opponent_team_id"),
        "");
    for (const auto& [split, part] : std::map<std::string, std::string>{
             {"overall", "Regular Season"}, {"playoffs", "Playoffs"}}) {
      EXPECT_EQ(
          query("SELECT s.player_id, s.games_played, l.games, s.points, l.points FROM (SELECT "
                "* FROM player_season_stats WHERE split_type = '" +
                split +
                "') s FULL JOIN (SELECT player_id, count(*) games, avg(points) points, "
                "sum(win_loss = 'W') wins, count(DISTINCT team_id) teams, "
                "1.0 * sum(fg3m) / nullif(sum(fg3a), 0) share FROM player_game_logs WHERE "
                "win_loss IS NOT NULL AND game_type = '" +
                part +
                "' GROUP BY player_id) l ON l.player_id = s.player_id WHERE s.games_played IS "
                "NOT l.games OR s.wins IS NOT l.wins OR s.team_count IS NOT l.teams OR "
                "abs(s.points - l.points) > 0.051 OR (s.fg3_pct IS NULL) IS NOT (l.share IS "
                "NULL) OR abs(s.fg3_pct - l.share) > 0.00051"),
          "")
          << split;
    }
    EXPECT_EQ(
        query("SELECT count(*) FROM player_game_logs WHERE player_id NOT IN (SELECT player_id "
              "FROM players)"),
        "0");
    expect_derived();
    // Days of rest over all games that count.
    EXPECT_EQ(
        query("SELECT game_id, team_id, rest_days, days FROM (SELECT *, julianday(game_date) - "
              "julianday(lag(game_date) OVER (PARTITION BY team_id ORDER BY game_date)) days "
              "FROM team_game_logs WHERE game_type != 'Pre Season') WHERE rest_days IS NOT "
              "CAST(days AS INTEGER)"),
        "");
  }
  // What is derived from the answers, computed again by the database.
  void expect_derived() const {
    // Each opp_ column of a line is the other line's column.
    const auto columns = query(
        "SELECT substr(name, 5) FROM pragma_table_info('team_game_logs') "
        "WHERE name LIKE 'opp\\_%' ESCAPE '\\' ORDER BY name");
    std::istringstream names(columns);
    std::size_t count = 0;
    for (std::string name; std::getline(names, name); ++count) {
      const auto own = name == "pts" ? "team_pts" : name;
      EXPECT_EQ(query("SELECT count(*) FROM team_game_logs a JOIN team_game_logs b ON a.game_id = "
                      "b.game_id AND a.team_id != b.team_id WHERE a.opp_" +
                      name + " IS NOT b." + own),
                "0")
          << name;
    }
    EXPECT_EQ(count, 27U) << "26 figures and the points";
    EXPECT_EQ(query("SELECT count(*) FROM team_game_logs WHERE fg2m IS NOT fgm - fg3m OR fg2a IS "
                    "NOT fga - fg3a OR is_back_to_back IS NOT (rest_days IS 1) OR "
                    "team_pts IS NOT 2 * fg2m + 3 * fg3m + ftm"),
              "0");
    EXPECT_EQ(query("SELECT count(*) FROM games g WHERE status = 'final' AND id LIKE '00%' AND "
                    "(actual_total_points IS NOT home_score + away_score OR game_pace IS NOT "
                    "(SELECT round(avg(pace), 2) FROM team_game_logs WHERE game_id = g.id))"),
              "0");
    EXPECT_EQ(
        query(
            "SELECT count(*) FROM team_season_stats WHERE two_pt_ppg IS NOT round(2 * fg2m, 6) OR "
            "three_pt_ppg IS NOT round(3 * fg3m, 6) OR ft_ppg IS NOT ftm OR "
            "abs(fg2_pct - fg2m / fg2a) > 0.00051 OR abs(opp_fg2m + opp_fg3m - opp_fgm) > "
            "1e-6 OR abs(opp_fg2a + opp_fg3a - opp_fga) > 1e-6 OR "
            "abs(opp_fg2_pct - opp_fg2m / opp_fg2a) > 0.00051"),
        "0");
    // 1 is the best; equal ones share it.
    for (const auto& [column, best] : std::map<std::string, std::string>{{"ppg", "DESC"},
                                                                         {"opp_ppg", "ASC"},
                                                                         {"fg_pct", "DESC"},
                                                                         {"fg3_pct", "DESC"},
                                                                         {"ft_pct", "DESC"},
                                                                         {"off_rtg", "DESC"},
                                                                         {"def_rtg", "ASC"},
                                                                         {"net_rtg", "DESC"},
                                                                         {"pace", "DESC"},
                                                                         {"opp_tov", "DESC"},
                                                                         {"opp_fg3_pct", "ASC"},
                                                                         {"opp_assists", "ASC"}}) {
      EXPECT_EQ(
          query("SELECT count(*) FROM (SELECT *, rank() OVER (PARTITION BY split_type ORDER BY " +
                column + " " + best +
                ") AS r FROM team_season_stats WHERE split_type IN ('overall', 'playoffs')) "
                "WHERE " +
                column + "_rank IS NOT r"),
          "0")
          << column;
      EXPECT_EQ(query("SELECT count(" + column +
                      "_rank) FROM team_season_stats WHERE split_type "
                      "NOT IN ('overall', 'playoffs')"),
                "0")
          << column;
    }
    EXPECT_EQ(query("SELECT count(*) FROM league_averages a JOIN (SELECT season, avg(ppg) ppg, "
                    "avg(pace) pace, avg(off_rtg) off_rtg, avg(def_rtg) def_rtg, avg(fg_pct) fg, "
                    "avg(fg3_pct) fg3, avg(ft_pct) ft FROM team_season_stats WHERE split_type = "
                    "'overall' GROUP BY season) b USING (season) WHERE abs(a.ppg - b.ppg) + "
                    "abs(a.pace - b.pace) + abs(a.off_rtg - b.off_rtg) + abs(a.def_rtg - "
                    "b.def_rtg) + abs(a.fg_pct - b.fg) + abs(a.fg3_pct - b.fg3) + abs(a.ft_pct - "
                    "b.ft) < 0.022"),
              "1");
  }
  std::string lines(const std::string& type) const {
    return query("SELECT count(*) FROM team_game_logs WHERE game_type = '" + type + "'");
  }
};

TEST_F(SeasonTest, EveryPartIsAskedForOnceItHasBegun) {
  it_is("2025-12-01");
  EXPECT_EQ(sync(), 16U + 4);
  EXPECT_EQ(lines("NBA Cup Final"), "0");
  expect_whole();

  it_is("2026-04-30");  // in the playoffs
  EXPECT_EQ(sync(), 20U + 4 + 4 + 15) << "Cup, play-in, playoffs with their averages";
  EXPECT_EQ(lines("NBA Cup Final"), "2");
  EXPECT_EQ(lines("Play-In"), "12");
  EXPECT_NE(lines("Playoffs"), "0");
  EXPECT_EQ(query("SELECT count(*) FROM team_season_stats WHERE split_type = 'playoffs'"), "16");
  EXPECT_EQ(query("SELECT count(*) FROM league_averages"), "1");
  expect_whole();

  const auto rows = [&] {
    return query("SELECT max(synced_at), count(*) FROM team_game_logs") +
           query("SELECT max(updated_at), count(*) FROM games") +
           query("SELECT max(synced_at), count(*) FROM player_game_logs");
  };
  const auto before = rows();
  EXPECT_EQ(sync(), 20U + 15) << "Cup and play-in are over, and once a week is enough";
  EXPECT_EQ(rows(), before);

  it_is("2026-05-07");
  EXPECT_EQ(sync(), 20U + 15);
  expect_whole();
}

// In May the league counts an assist more of a game in April.
TEST_F(SeasonTest, ACorrectionIsToldAsOne) {
  it_is("2026-04-30");
  sync();
  it_is("2026-05-07");
  sync();
  EXPECT_EQ(query("SELECT table_name, json_extract(row_key, '$.game_id'), count(*), "
                  "json_extract(after, '$.assists') - json_extract(before, '$.assists') FROM "
                  "nbasync_changes WHERE is_correction AND json_extract(after, '$.assists') "
                  "IS NOT NULL GROUP BY table_name ORDER BY table_name"),
            "player_game_logs|0022501100|1|1\nteam_game_logs|0022501100|1|1");
  // The day's own games tip off at another hour in the demo, so that some of them are over.
  EXPECT_EQ(query("SELECT DISTINCT table_name || row_key FROM nbasync_changes WHERE is_correction "
                  "AND json_extract(row_key, '$.game_id') IS NOT '0022501100' AND "
                  "json_extract(after, '$.game_time_utc') IS NULL"),
            "");
}

// The stats host refuses for a while: what the other one has is taken, and nothing is lost.
TEST_F(SeasonTest, ABlockedHostCostsItsStepsAndNoRows) {
  it_is("2026-04-30");
  sync();
  const auto before = query("SELECT count(*), max(synced_at) FROM player_game_logs") +
                      query("SELECT count(*), max(synced_at) FROM team_game_logs");
  it_is("2026-05-01");
  EXPECT_EQ(once("full"), 1);
  EXPECT_THAT(out_ + err_, ::testing::HasSubstr("may be blocked"));
  EXPECT_EQ(
      query("SELECT sync_type FROM (SELECT * FROM data_sync_log WHERE run_id LIKE '%/%' ORDER "
            "BY id DESC LIMIT 8) WHERE status = 'success' ORDER BY id"),
      "schedule\ntodays_games");
  EXPECT_EQ(query("SELECT count(*), max(synced_at) FROM player_game_logs") +
                query("SELECT count(*), max(synced_at) FROM team_game_logs"),
            before);
  EXPECT_EQ(query("SELECT max(game_date) FROM todays_games"), "2026-05-01");
  it_is("2026-05-07");
  sync();
  expect_whole();
}

TEST_F(SeasonTest, PartsThatAreNotWantedAreNotAskedFor) {
  std::ofstream(config_, std::ios::app) << "sync: {season_types: [regular]}\n";
  it_is("2026-04-30");
  EXPECT_EQ(sync(), 20U);
  EXPECT_EQ(query("SELECT DISTINCT game_type FROM team_game_logs"), "Regular Season");
  EXPECT_NE(query("SELECT count(*) FROM games WHERE game_type = 'Playoffs'"), "0");
}

TEST_F(SeasonTest, ACutAnswerChangesNothingWhateverEndpointItIs) {
  it_is("2026-04-30");
  sync();
  const auto all = [&] {
    std::string text;
    for (const auto* table :
         {"nba_teams", "standings", "games", "team_game_logs", "team_season_stats", "todays_games",
          "league_averages", "players", "player_game_logs", "player_season_stats"}) {
      text += query(std::string("SELECT * FROM ") + table) + "\n";
    }
    return text;
  };
  const auto before = all();
  const std::vector<std::pair<std::string, std::string>> answers{
      {"teamgamelogs_2025-26_Base", "game_logs"},
      {"teamgamelogs_2025-26_Advanced", "game_logs"},
      {"teamgamelogs_2025-26_Playoffs_Misc", "game_logs"},
      {"leaguedashteamstats_2025-26_Base", "season_stats"},
      {"leaguedashteamstats_2025-26_Playoffs_Opponent_Road", "season_stats"},
      {"leaguestandingsv3_2025-26", "teams"},
      {"playerindex_2025-26", "players"},
      {"leaguegamelog_2025-26_P", "player_game_logs"},
      {"leaguegamelog_2025-26_P_Playoffs", "player_game_logs"},
      {"leaguedashplayerstats_2025-26_Base", "player_season_stats"},
      {"leaguedashplayerstats_2025-26_Playoffs_Advanced", "player_season_stats"}};
  for (std::size_t index = 0; index < answers.size(); index += stride(1)) {
    const auto& [endpoint, type] = answers[index];
    upstream_.set_fault(endpoint, "tenth");
    EXPECT_EQ(once(type), 1) << endpoint;
    EXPECT_THAT(out_ + err_, ::testing::HasSubstr("upstream answered with")) << endpoint;
    EXPECT_EQ(all(), before) << endpoint;
    upstream_.clear_faults();
  }
  sync();
  EXPECT_EQ(all(), before);
}

}  // namespace
}  // namespace nbasync::testing
