#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

#include "season_files.hpp"

namespace nbasync::testing {
namespace {

double share(int part, int whole) {
  return whole == 0 ? 0 : std::round(1000.0 * part / whole) / 1000;
}

double mean(double sum, int games) { return std::round(10 * sum / games) / 10; }

std::string matchup(const std::string& team, const char* against, const std::string& other) {
  return team + against + other;
}

// The Base logs, by game.
class DemoStatsTest : public ::testing::Test {
 protected:
  using Games = std::map<std::string, std::vector<Json>>;

  static void SetUpTestSuite() {
    games_ = new Games;
    for (auto& row : read_rows("teamgamelogs_2025-26_Base.json")) {
      (*games_)[row["GAME_ID"]].push_back(row);
    }
  }
  static void TearDownTestSuite() { delete games_; }

  inline static Games* games_ = nullptr;
};

TEST_F(DemoStatsTest, EveryGameHasTwoRows) {
  EXPECT_EQ(games_->size(), 1230U);
  for (const auto& [id, rows] : *games_) {
    ASSERT_EQ(rows.size(), 2U) << id;
    EXPECT_TRUE(id.starts_with("002")) << id;
    EXPECT_NE(rows[0]["TEAM_ID"], rows[1]["TEAM_ID"]);
    EXPECT_EQ(rows[0]["GAME_DATE"], rows[1]["GAME_DATE"]);
    EXPECT_EQ(rows[0]["MIN"], rows[1]["MIN"]);
  }
}

TEST_F(DemoStatsTest, BoxScoresAddUp) {
  for (const auto& [id, rows] : *games_) {
    for (const auto& row : rows) {
      const int fgm = row["FGM"], fg3m = row["FG3M"], ftm = row["FTM"];
      EXPECT_EQ(row["PTS"], 2 * (fgm - fg3m) + 3 * fg3m + ftm) << id;
      EXPECT_EQ(row["REB"], row["OREB"].get<int>() + row["DREB"].get<int>()) << id;
      EXPECT_EQ(row["FG_PCT"], share(fgm, row["FGA"])) << id;
      EXPECT_EQ(row["FG3_PCT"], share(fg3m, row["FG3A"])) << id;
      EXPECT_EQ(row["FT_PCT"], share(ftm, row["FTA"])) << id;
      EXPECT_LE(fgm, row["FGA"]) << id;
      EXPECT_LE(fg3m, row["FG3A"]) << id;
      EXPECT_LE(row["FG3A"], row["FGA"]) << id;
      EXPECT_LE(ftm, row["FTA"]) << id;
      EXPECT_LE(row["AST"], fgm) << id;
      EXPECT_TRUE(row["TOV"].is_number_float());
      EXPECT_TRUE(row["PLUS_MINUS"].is_number_float());
      EXPECT_TRUE(row["MIN"].is_number_float());
    }
  }
}

TEST_F(DemoStatsTest, ResultsFollowFromTheScores) {
  int open = 0;
  for (const auto& [id, rows] : *games_) {
    for (const std::size_t i : {0U, 1U}) {
      const int margin = rows[i]["PTS"].get<int>() - rows[1 - i]["PTS"].get<int>();
      EXPECT_EQ(rows[i]["PLUS_MINUS"], margin) << id;
      if (rows[i]["WL"].is_null()) {
        ++open;
        EXPECT_EQ(rows[i]["GAME_DATE"], "2026-04-12T00:00:00") << id;
        EXPECT_LT(rows[i]["MIN"], 48) << id;
      } else {
        EXPECT_EQ(rows[i]["WL"], margin > 0 ? "W" : "L") << id;
        EXPECT_NE(margin, 0) << id;
      }
    }
  }
  EXPECT_EQ(open, 12) << "five games are live, one was broken off";
}

TEST_F(DemoStatsTest, OvertimeHasUpToFourPeriods) {
  std::map<double, int> minutes;
  for (const auto& [id, rows] : *games_) {
    if (!rows[0]["WL"].is_null()) ++minutes[rows[0]["MIN"]];
  }
  ASSERT_EQ(minutes.size(), 5U);
  for (const double length : {48, 53, 58, 63, 68}) EXPECT_GT(minutes[length], 0) << length;
  EXPECT_GT(minutes[53], 30);
  EXPECT_LT(minutes[53], 120);
}

TEST_F(DemoStatsTest, MatchupsNameTheHostUnlessOnNeutralGround) {
  int neutral = 0;
  for (const auto& game : read_schedule()) {
    if (!is_ours(game)) continue;
    const std::string home = game["homeTeam"]["teamTricode"];
    const std::string away = game["awayTeam"]["teamTricode"];
    for (const auto& row : games_->at(game["gameId"])) {
      const bool host = row["TEAM_ID"] == game["homeTeam"]["teamId"];
      const bool on_neutral = game["isNeutral"];
      neutral += on_neutral ? 1 : 0;
      EXPECT_EQ(row["MATCHUP"],
                host && !on_neutral ? matchup(home, " vs. ", away) : matchup(away, " @ ", home));
      EXPECT_EQ(row["PTS"], game[host ? "homeTeam" : "awayTeam"]["score"]);
      EXPECT_EQ(row["WL"].is_null(), game["gameStatus"] != 3);
    }
  }
  EXPECT_GE(neutral, 4);
}

TEST_F(DemoStatsTest, TheAveragesAreThoseOfTheLeague) {
  double points = 0;
  for (const auto& [id, rows] : *games_)
    points += (rows[0]["PTS"].get<int>() + rows[1]["PTS"].get<int>()) / 2.0;
  EXPECT_NEAR(points / 1230, 114, 2);
  double pace = 0;
  const auto teams = read_rows("leaguedashteamstats_2025-26_Advanced.json");
  for (const auto& team : teams) pace += team["PACE"].get<double>() / 30;
  EXPECT_NEAR(pace, 99, 1.5);
}

TEST_F(DemoStatsTest, AdvancedAndMiscSpeakOfTheSameGames) {
  for (const auto* measure : {"Advanced", "Misc"}) {
    const auto rows = read_rows(std::string("teamgamelogs_2025-26_") + measure + ".json");
    EXPECT_EQ(rows.size(), 2460U);
    for (const auto& row : rows) {
      const auto& pair = games_->at(row["GAME_ID"]);
      const Json& base = pair[0]["TEAM_ID"] == row["TEAM_ID"] ? pair[0] : pair[1];
      EXPECT_EQ(row["TEAM_ID"], base["TEAM_ID"]);
      EXPECT_EQ(row["WL"], base["WL"]);
      EXPECT_EQ(row["MIN"], base["MIN"]);
      if (!row.contains("POSS")) continue;
      const double rating = 100.0 * base["PTS"].get<int>() / row["POSS"].get<int>();
      EXPECT_NEAR(row["OFF_RATING"].get<double>(), rating, 0.0501);
    }
  }
}

TEST_F(DemoStatsTest, SeasonStatsAreMadeOfTheLogs) {
  struct Sum {
    int games = 0, wins = 0;
    double points = 0, opponent_points = 0, turnovers = 0;
  };
  std::map<std::string, std::map<std::int64_t, Sum>> sums;  // by split and team
  for (const auto& game : read_schedule()) {
    if (!is_ours(game) || game["gameStatus"] != 3) continue;
    const auto& rows = games_->at(game["gameId"]);
    for (const std::size_t i : {0U, 1U}) {
      const bool host = rows[i]["TEAM_ID"] == game["homeTeam"]["teamId"];
      for (const auto* split : {"", host ? "_Home" : "_Road"}) {
        Sum& sum = sums[split][rows[i]["TEAM_ID"]];
        ++sum.games;
        sum.wins += rows[i]["WL"] == "W" ? 1 : 0;
        sum.points += rows[i]["PTS"].get<int>();
        sum.opponent_points += rows[1 - i]["PTS"].get<int>();
        sum.turnovers += rows[i]["TOV"].get<double>();
      }
    }
  }
  for (const auto& [split, teams] : sums) {
    const auto base = read_rows("leaguedashteamstats_2025-26_Base" + split + ".json");
    const auto opponent = read_rows("leaguedashteamstats_2025-26_Opponent" + split + ".json");
    const auto advanced = read_rows("leaguedashteamstats_2025-26_Advanced" + split + ".json");
    ASSERT_EQ(base.size(), 30U);
    ASSERT_EQ(opponent.size(), 30U);
    ASSERT_EQ(advanced.size(), 30U);
    for (std::size_t i = 0; i < base.size(); ++i) {
      const Sum& sum = teams.at(base[i]["TEAM_ID"]);
      EXPECT_LE(sum.games, split.empty() ? 82 : 41);
      EXPECT_EQ(base[i]["GP"], sum.games);
      EXPECT_EQ(base[i]["W"], sum.wins);
      EXPECT_EQ(base[i]["L"], sum.games - sum.wins);
      EXPECT_EQ(base[i]["PTS"], mean(sum.points, sum.games));
      EXPECT_EQ(base[i]["TOV"], mean(sum.turnovers, sum.games));
      EXPECT_EQ(opponent[i]["TEAM_ID"], base[i]["TEAM_ID"]);
      EXPECT_EQ(opponent[i]["OPP_PTS"], mean(sum.opponent_points, sum.games));
      EXPECT_EQ(advanced[i]["TEAM_ID"], base[i]["TEAM_ID"]);
      EXPECT_GT(advanced[i]["MIN"], 40 * 48.0 - 100) << "a total";
    }
  }
}

TEST_F(DemoStatsTest, TheStandingsAgree) {
  std::map<std::int64_t, std::pair<int, int>> record;
  for (const auto& team : read_rows("leaguedashteamstats_2025-26_Base.json")) {
    record[team["TEAM_ID"]] = {team["W"], team["L"]};
  }
  const auto standings = read_rows("leaguestandingsv3_2025-26.json");
  EXPECT_EQ(standings.size(), 30U);
  std::map<std::string, int> divisions;
  for (const auto& team : standings) {
    const auto& [wins, losses] = record.at(team["TeamID"]);
    EXPECT_EQ(team["WINS"], wins);
    EXPECT_EQ(team["LOSSES"], losses);
    EXPECT_EQ(team["Record"], std::to_string(wins) + '-' + std::to_string(losses));
    ++divisions[team["Conference"].get<std::string>() + ' ' + team["Division"].get<std::string>()];
  }
  EXPECT_EQ(divisions.size(), 6U);
  for (const auto& [name, teams] : divisions) EXPECT_EQ(teams, 5) << name;
}

TEST_F(DemoStatsTest, ThirtyTeamsAreCurrentAndSomeAreGone) {
  int current = 0;
  int gone = 0;
  for (const auto& team : read_rows("commonteamyears.json")) {
    const bool plays = team["MAX_YEAR"] == "2025";
    ++(plays ? current : gone);
    EXPECT_EQ(team["ABBREVIATION"].is_null(), !plays);
  }
  EXPECT_EQ(current, 30);
  EXPECT_GT(gone, 0);
}

}  // namespace
}  // namespace nbasync::testing
