#include <gmock/gmock.h>

#include <map>
#include <set>

#include "season_files.hpp"

namespace nbasync::testing {
namespace {

using Games = std::map<std::string, Json>;

// The games of an edition by id, each where it stands.
Games edition(const std::string& day) {
  std::ifstream file(std::filesystem::path(NBASYNC_DEMO) / day / "scheduleLeagueV2.json");
  const Json json = Json::parse(file);
  Games games;
  for (const auto& date : json.at("leagueSchedule").at("gameDates")) {
    for (const auto& game : date.at("games")) {
      const std::string id = game.at("gameId");
      const bool moved = game["gameStatusText"] == "PPD" && game["homeTeam"]["score"] == 0;
      if (id.starts_with("00") && !moved) games[id] = game;
    }
  }
  return games;
}

std::size_t count(const Games& games, const std::string& type) {
  return static_cast<std::size_t>(std::count_if(
      games.begin(), games.end(), [&](const auto& game) { return game.first.starts_with(type); }));
}

TEST(DemoPostseasonTest, EachPartBeginsOnItsDay) {
  const auto november = edition("2025-12-01");
  EXPECT_EQ(count(november, "006"), 0U);
  EXPECT_EQ(november.size(), 1230U);
  const auto april = edition("2026-04-12");
  EXPECT_EQ(count(april, "006"), 1U);
  EXPECT_EQ(count(april, "005"), 0U);
  const auto playoffs = edition("2026-04-30");
  EXPECT_EQ(count(playoffs, "005"), 6U);
  EXPECT_GE(count(playoffs, "0042500"), 8U * 4);
}

TEST(DemoPostseasonTest, ASeriesEndsWithTheFourthWin) {
  std::map<std::string, std::map<std::int64_t, int>> wins;
  std::map<std::string, int> open;
  for (const auto& [id, game] : edition("2026-05-07")) {
    if (!id.starts_with("004")) continue;
    const auto series = id.substr(0, 9);
    if (game["gameStatus"] == 1) ++open[series];
    if (game["gameStatus"] != 3) continue;
    const int home = game["homeTeam"]["score"];
    const int away = game["awayTeam"]["score"];
    ASSERT_NE(home, away) << id;
    ++wins[series][game[home > away ? "homeTeam" : "awayTeam"]["teamId"]];
  }
  EXPECT_GE(wins.size(), 8U);
  for (const auto& [series, of] : wins) {
    int most = 0;
    for (const auto& [team, won] : of) most = std::max(most, won);
    EXPECT_LE(most, 4) << series;
    EXPECT_LE(of.size(), 2U) << series;
    EXPECT_TRUE(most < 4 || open[series] == 0) << series << " goes on after its end";
  }
}

TEST(DemoPostseasonTest, WhatIsOverStaysAsItWas) {
  const auto later = edition("2026-05-07");
  for (const auto* day : {"2025-12-01", "2026-04-12", "2026-04-30"}) {
    for (const auto& [id, game] : edition(day)) {
      if (game["gameStatus"] != 3 || game["gameDateEst"] == "2026-04-12T00:00:00Z" ||
          game["gameDateEst"] == "2026-04-30T00:00:00Z" ||
          game["gameDateEst"] == "2025-12-01T00:00:00Z") {
        continue;  // the days under way are replayed to their end
      }
      ASSERT_TRUE(later.contains(id)) << id;
      for (const auto* side : {"homeTeam", "awayTeam"}) {
        EXPECT_EQ(later.at(id)[side]["score"], game[side]["score"]) << day << ' ' << id;
        EXPECT_EQ(later.at(id)[side]["teamId"], game[side]["teamId"]) << day << ' ' << id;
      }
    }
  }
}

TEST(DemoPostseasonTest, NobodyPlaysTwiceOnOneDay) {
  std::set<std::pair<std::string, std::int64_t>> seen;
  for (const auto& [id, game] : edition("2026-05-07")) {
    for (const auto* side : {"homeTeam", "awayTeam"}) {
      EXPECT_TRUE(seen.emplace(game["gameDateEst"], game[side]["teamId"]).second) << id;
    }
  }
}

}  // namespace
}  // namespace nbasync::testing
