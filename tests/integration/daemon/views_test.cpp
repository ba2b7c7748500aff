#include <algorithm>
#include <map>
#include <sstream>
#include <vector>

#include "base/format.hpp"
#include "integration/daemon/client_fixture.hpp"

namespace nbasync::testing {
namespace {

using Cells = std::vector<std::string>;

// The views over the demo season, against figures that are computed here from the tables' rows.
class ViewsTest : public ClientFixture {
 protected:
  void SetUp() override {
    full_is_all();
    start_daemon();
    ASSERT_EQ(run(kOverSocket, {"sync", "full"}), 0) << err_;
  }

  std::vector<Cells> rows(const std::string& sql) const {
    std::vector<Cells> result;
    std::istringstream lines(query(sql));
    for (std::string line; std::getline(lines, line);) {
      auto& cells = result.emplace_back();
      std::istringstream parts(line);
      for (std::string cell; std::getline(parts, cell, '|');) cells.push_back(cell);
    }
    return result;
  }

  struct Line {
    std::string game, date, team, opponent;
    bool won;
    double points, opp_points;
  };

  // All that has ended, newest first.
  std::vector<Line> lines() const {
    std::vector<Line> result;
    for (const auto& row :
         rows("SELECT game_id, game_date, team_id, opponent_team_id, win_loss, team_pts, opp_pts "
              "FROM team_game_logs WHERE win_loss IS NOT NULL AND game_type <> 'Pre Season'")) {
      result.push_back(
          {row[0], row[1], row[2], row[3], row[4] == "W", std::stod(row[5]), std::stod(row[6])});
    }
    std::ranges::sort(result, [](const Line& a, const Line& b) {
      return std::tie(a.date, a.game) > std::tie(b.date, b.game);
    });
    return result;
  }

  struct Sum {
    int games = 0, wins = 0;
    double points = 0, opp_points = 0;
    void add(const Line& line) {
      ++games;
      wins += line.won ? 1 : 0;
      points += line.points;
      opp_points += line.opp_points;
    }
  };

  static void expect_mean(const std::string& cell, double sum, int games) {
    EXPECT_NEAR(std::stod(cell), sum / games, 1e-6);
  }
};

TEST_F(ViewsTest, FormIsThatOfTheLastFiveAndTen) {
  std::map<std::string, std::pair<Sum, Sum>> form;
  for (const auto& line : lines()) {
    auto& [five, ten] = form[line.team];
    if (five.games < 5) five.add(line);
    if (ten.games < 10) ten.add(line);
  }
  ASSERT_EQ(form.size(), 30U);
  const auto view = rows(
      "SELECT team_id, last_5_games, last_5_wins, last_5_losses, last_5_points, last_5_opp_points, "
      "last_10_games, last_10_wins, last_10_losses, last_10_points, last_10_opp_points FROM "
      "v_team_form WHERE season = '2025-26'");
  ASSERT_EQ(view.size(), 30U);
  for (const auto& row : view) {
    SCOPED_TRACE(row[0]);
    const auto& [five, ten] = form.at(row[0]);
    EXPECT_EQ(row[1], "5");
    EXPECT_EQ(row[2], std::to_string(five.wins));
    EXPECT_EQ(row[3], std::to_string(5 - five.wins));
    expect_mean(row[4], five.points, 5);
    expect_mean(row[5], five.opp_points, 5);
    EXPECT_EQ(row[6], "10");
    EXPECT_EQ(row[7], std::to_string(ten.wins));
    EXPECT_EQ(row[8], std::to_string(10 - ten.wins));
    expect_mean(row[9], ten.points, 10);
    expect_mean(row[10], ten.opp_points, 10);
  }
}

TEST_F(ViewsTest, HeadToHeadIsEachPairFromBothSides) {
  std::map<std::pair<std::string, std::string>, Sum> pairs;
  for (const auto& line : lines()) pairs[{line.team, line.opponent}].add(line);
  const auto view = rows(
      "SELECT team_id, opponent_team_id, games, wins, losses, points, opp_points FROM "
      "v_head_to_head WHERE season = '2025-26'");
  ASSERT_EQ(view.size(), pairs.size());
  EXPECT_EQ(view.size(), 30U * 29U) << "each has played each by the end of a season";
  for (const auto& row : view) {
    SCOPED_TRACE(row[0] + " " + row[1]);
    const auto& sum = pairs.at({row[0], row[1]});
    EXPECT_EQ(row[2], std::to_string(sum.games));
    EXPECT_EQ(row[3], std::to_string(sum.wins));
    EXPECT_EQ(row[4], std::to_string(sum.games - sum.wins));
    expect_mean(row[5], sum.points, sum.games);
    expect_mean(row[6], sum.opp_points, sum.games);
  }
}

TEST_F(ViewsTest, GamesHaveTheirTeamsNames) {
  std::map<std::string, Cells> teams;  // city and name, abbreviation
  for (const auto& row : rows("SELECT team_id, city, name, team_abbreviation FROM standings")) {
    teams[row[0]] = {row[1] + " " + row[2], row[3]};
  }
  const auto view = rows(
      "SELECT game_id, home_team_id, home_team, home_abbreviation, away_team_id, away_team, "
      "away_abbreviation, home_score, away_score, winner_team_id FROM v_games WHERE status = "
      "'final'");
  EXPECT_EQ(std::to_string(view.size()),
            query("SELECT count(*) FROM games WHERE status = 'final' AND id LIKE '00%'"));
  EXPECT_GT(view.size(), 1000U);
  for (const auto& row : view) {
    SCOPED_TRACE(row[0]);
    EXPECT_EQ(teams.at(row[1]), (Cells{row[2], row[3]}));
    EXPECT_EQ(teams.at(row[4]), (Cells{row[5], row[6]}));
    EXPECT_EQ(row[9], std::stoi(row[7]) > std::stoi(row[8]) ? row[1] : row[4]);
  }
  EXPECT_EQ(query("SELECT count(*) FROM v_games WHERE status <> 'final' AND winner_team_id IS NOT "
                  "NULL"),
            "0");
}

TEST_F(ViewsTest, ATeamsGameHasBothSides) {
  const auto view = rows(
      "SELECT a.margin, b.margin, a.rebounds, b.opp_rebounds, a.opp_pace, b.pace FROM v_team_game "
      "AS a JOIN v_team_game AS b ON b.game_id = a.game_id AND b.team_id = a.opponent_team_id");
  EXPECT_EQ(std::to_string(view.size()), query("SELECT count(*) FROM team_game_logs"));
  for (const auto& row : view) {
    EXPECT_EQ(std::stod(row[0]), -std::stod(row[1]));
    EXPECT_EQ(row[2], row[3]);
    EXPECT_EQ(row[4], row[5]);
  }
}

TEST_F(ViewsTest, StandingsAndPlayersHaveNames) {
  EXPECT_EQ(query("SELECT count(*) FROM v_standings"), "30");
  EXPECT_EQ(query("SELECT v.team, v.wins FROM v_standings AS v JOIN standings AS s ON s.team_id = "
                  "v.team_id AND s.season = v.season WHERE v.team <> s.city || ' ' || s.name OR "
                  "v.wins <> s.wins"),
            "");
  EXPECT_EQ(query("SELECT count(*) FROM v_player_season"),
            query("SELECT count(*) FROM player_season_stats"));
  EXPECT_EQ(query("SELECT count(*) FROM v_player_season AS v JOIN players AS p ON p.player_id = "
                  "v.player_id WHERE v.full_name <> p.full_name"),
            "0");
}

// A sync neither writes them nor is in their way.
TEST_F(ViewsTest, CostASyncNothing) {
  EXPECT_EQ(run(kOverSocket, {"sync", "teams"}), 0) << err_;
  const auto doctor = json_of(kOverSocket, {"doctor"});
  const auto found = std::ranges::find(doctor["checks"], "views",
                                       [](const auto& check) { return check["check"]; });
  ASSERT_NE(found, doctor["checks"].end());
  EXPECT_EQ((*found)["status"], "ok");
  execute("DROP VIEW v_games");
  const auto again = json_of(kOverSocket, {"doctor"});
  const auto missing =
      std::ranges::find(again["checks"], "views", [](const auto& check) { return check["check"]; });
  EXPECT_EQ((*missing)["text"],
            "views of nbasyncd that are not there as they should be: v_games (is not there)");
}

}  // namespace
}  // namespace nbasync::testing
