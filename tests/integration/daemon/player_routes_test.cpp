#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "integration/daemon/control_fixture.hpp"

// What the daemon answers about players, and what the client makes of it.
namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class PlayerRoutesTest : public ControlFixture {
 protected:
  void SetUp() override {
    for (const auto* type : {"players", "player_game_logs", "player_season_stats"}) {
      ASSERT_EQ(once(type), 0) << err_;
    }
    start_daemon();
  }
  int over_socket(std::vector<std::string> words) {
    words.insert(words.begin(), {NBASYNCCTL, "--socket", socket_.string()});
    Process process(words);
    const auto status = process.wait();
    out_ = process.out();
    err_ = process.err();
    return status.value_or(-1000);
  }
  std::size_t count(const std::string& target) const { return get(target)["count"]; }
};

TEST_F(PlayerRoutesTest, PlayersAreFoundByTeamAndByNameWithItsMarksOrWithout) {
  const auto all = count("/api/players");
  EXPECT_EQ(std::to_string(all), query("SELECT count(*) FROM players"));
  EXPECT_EQ(std::to_string(count("/api/players?team=bos")),
            query("SELECT count(*) FROM players WHERE team_abbreviation = 'BOS'"));
  EXPECT_EQ(count("/api/players?team=1610612738"), count("/api/players?team=BOS"));
  const auto of_name = query("SELECT count(*) FROM players WHERE last_name = 'Bani\u0107'");
  ASSERT_NE(of_name, "0");
  EXPECT_EQ(std::to_string(count("/api/players?name=banic")), of_name);
  EXPECT_EQ(std::to_string(count("/api/players?name=BANI%C4%87")), of_name);
  EXPECT_EQ(std::to_string(count("/api/players?name=st.%20clair")),
            query("SELECT count(*) FROM players WHERE last_name = 'St. Clair'"));
  EXPECT_EQ(count("/api/players?name=d'marco"), count("/api/players?name=DMARCO"));
  EXPECT_EQ(count("/api/players?name=%25"), 0U) << "no pattern";
  EXPECT_EQ(count("/api/players?limit=3"), 3U);
}

TEST_F(PlayerRoutesTest, LinesAndAveragesOfAPlayer) {
  const auto stats = get("/api/player-stats");
  EXPECT_EQ(std::to_string(stats["count"].get<int>()),
            query("SELECT count(*) FROM player_season_stats WHERE split_type = 'overall'"));
  const auto& best = stats["player_stats"][0];
  EXPECT_EQ(best["points"].dump(), query("SELECT max(points) FROM player_season_stats"));
  const auto id = best["player_id"].dump();
  EXPECT_EQ(count("/api/player-stats?split=all&player=" + id), 1U) << "no playoffs yet";
  const auto games = "/api/player-game-logs?limit=200&player=" + id;
  EXPECT_EQ(
      std::to_string(count(games)),
      query("SELECT count(*) FROM player_game_logs WHERE game_id LIKE '002%' AND player_id = " +
            id));
  EXPECT_EQ(count(games + "&type=playoffs"), 0U);
  EXPECT_EQ(count(games + "&season=2024-25"), 0U);
  EXPECT_GT(count("/api/player-game-logs?player=banic"), 0U);
  EXPECT_EQ(count("/api/player-game-logs?team=BOS&limit=9"), 9U);
  const auto wrong = ask("GET", "/api/player-stats?split=home");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(wrong.body, HasSubstr("overall"));
}

TEST_F(PlayerRoutesTest, TheClientShowsAPlayerAndTheStandings) {
  const auto name = query("SELECT full_name FROM players WHERE player_id = 1700001");
  EXPECT_EQ(over_socket({"player", name}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr(name));
  EXPECT_THAT(out_, HasSubstr("2025-26"));
  EXPECT_EQ(over_socket({"player", "nobody at all"}), 5);
  EXPECT_EQ(over_socket({"standings"}), 0) << err_;
  EXPECT_EQ(out_, "no standings yet; 'nbasyncctl sync teams' fetches them\n");
  ASSERT_EQ(over_socket({"sync", "teams"}), 0) << err_;
  EXPECT_EQ(over_socket({"standings", "2025-26"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("2025-26, East"));
  EXPECT_THAT(out_, HasSubstr("2025-26, West"));
  EXPECT_EQ(over_socket({"standings", "25"}), 2) << out_ << err_;
}

}  // namespace
}  // namespace nbasync::testing
