#include <gmock/gmock.h>

#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

json banic() {
  return {{"player_id", 1700001},       {"full_name", "Bruno Bani\u0107"},
          {"team_abbreviation", "BOS"}, {"jersey_number", "00"},
          {"position", "F-C"},          {"height_inches", 80},
          {"weight_pounds", 236},       {"college", nullptr},
          {"country", "Serbia"},        {"draft_year", 2018},
          {"draft_round", 2},           {"draft_number", 42},
          {"from_year", 2018},          {"to_year", 2025}};
}

class PlayerTest : public VerbTest {
 protected:
  void one_is_known() {
    client.the_players = json::array({banic()});
    client.the_seasons = json::array({{{"season", "2025-26"},
                                       {"split_type", "playoffs"},
                                       {"team_abbreviation", "BOS"},
                                       {"games_played", 4},
                                       {"minutes", 35.25},
                                       {"points", 27.3},
                                       {"rebounds", 9.0},
                                       {"assists", 4.0},
                                       {"steals", 0.3},
                                       {"blocks", 1.0},
                                       {"turnovers", 2.0},
                                       {"fg_pct", 0.556},
                                       {"fg3_pct", nullptr},
                                       {"ft_pct", 1.0}}});
    client.the_player_games = json::array({{{"game_id", "0042500101"},
                                            {"game_date", "2026-04-18"},
                                            {"game_type", "Playoffs"},
                                            {"matchup", "BOS vs. NYK"},
                                            {"win_loss", "W"},
                                            {"minutes", 35.0},
                                            {"points", 41},
                                            {"rebounds", 12},
                                            {"assists", 8},
                                            {"fgm", 17},
                                            {"fga", 21},
                                            {"plus_minus", 1}}});
  }
};

TEST_F(PlayerTest, OneIsShownWithHisSeasonsAndGames) {
  one_is_known();
  EXPECT_EQ(run({"player", "banic"}), 0);
  EXPECT_THAT(client.calls,
              ElementsAre("players banic", "player_seasons 1700001", "player_games 1700001 10"));
  EXPECT_EQ(out.str(),
            "Bruno Bani\u0107\n"
            "BOS, #00, F-C, 6-8, 236 lb\n"
            "Serbia, drafted 2018 (2, 42), 2018-2025\n"
            "\n"
            "SEASON             TEAM  GP   MIN   PTS  REB  AST  STL  BLK  TOV    FG  3P     FT\n"
            "2025-26  playoffs  BOS    4  35.2  27.3  9.0  4.0  0.3  1.0  2.0  .556   -  1.000\n"
            "\n"
            "DATE        GAME            MIN  PTS  REB  AST     FG  +/-  NOTE\n"
            "2026-04-18  BOS vs. NYK  W   35   41   12    8  17/21   +1  Playoffs\n");
}

TEST_F(PlayerTest, SeveralAreListed) {
  client.the_players = {banic(), {{"player_id", 7}, {"full_name", "Hugo Bani\u0107"}}};
  EXPECT_EQ(run({"player", "banic"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("players banic"));
  EXPECT_EQ(out.str(),
            "     ID  PLAYER       TEAM      POSITION  YEARS\n"
            "1700001  Bruno Bani\u0107  BOS   00  F-C       2018-2025\n"
            "      7  Hugo Bani\u0107\n");
}

TEST_F(PlayerTest, NobodyIsNotFound) {
  EXPECT_EQ(run({"player", "xyz"}), 5);
  EXPECT_EQ(
      err.str(),
      "no player is known whose name has 'xyz' in it; 'nbasyncctl sync players' fetches those of "
      "today\n");
}

TEST_F(PlayerTest, JsonHasTheSameMembersAlways) {
  EXPECT_EQ(run({"player", "xyz", "--json"}), 5);
  EXPECT_EQ(json::parse(out.str()), (json{{"players", json::array()},
                                          {"player_stats", json::array()},
                                          {"player_game_logs", json::array()}}));
  out.str("");
  one_is_known();
  EXPECT_EQ(run({"player", "banic", "--json"}), 0);
  EXPECT_EQ(json::parse(out.str()), (json{{"players", client.the_players},
                                          {"player_stats", client.the_seasons},
                                          {"player_game_logs", client.the_player_games}}));
  out.str("");
  EXPECT_EQ(run({"player", "banic", "-q"}), 0);
  EXPECT_EQ(out.str(), "1700001\n");
}

TEST_F(PlayerTest, StandingsAreATableAConference) {
  const auto team = [](int rank, const char* city, const char* conference) {
    return json{{"team_id", rank},
                {"season", "2025-26"},
                {"team_abbreviation", "AAA"},
                {"city", city},
                {"name", "Hawks"},
                {"conference", conference},
                {"wins", 42 - rank},
                {"losses", 40},
                {"win_pct", 0.512},
                {"conference_rank", rank},
                {"conference_games_back", rank == 1 ? 0.0 : 0.5},
                {"home_record", "30-11"},
                {"road_record", "12-29"},
                {"last_10", "5-5"},
                {"streak", "W 3"}};
  };
  client.the_standings = {team(1, "Atlanta", "East"), team(2, "Boston", "East"),
                          team(1, "Utah", "West")};
  EXPECT_EQ(run({"standings"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("standings newest"));
  EXPECT_EQ(out.str(),
            "2025-26, East\n"
            "\n"
            "   TEAM            W   L   PCT  BACK   HOME   AWAY  LAST 10  STREAK\n"
            "1  Atlanta Hawks  41  40  .512     -  30-11  12-29      5-5  W 3\n"
            "2  Boston Hawks   40  40  .512   0.5  30-11  12-29      5-5  W 3\n"
            "\n"
            "2025-26, West\n"
            "\n"
            "   TEAM         W   L   PCT  BACK   HOME   AWAY  LAST 10  STREAK\n"
            "1  Utah Hawks  41  40  .512     -  30-11  12-29      5-5  W 3\n");
  out.str("");
  client.the_standings = json::array();
  EXPECT_EQ(run({"standings", "1950-51"}), 0);
  EXPECT_EQ(out.str(),
            "no standings of 1950-51; 'nbasyncctl sync teams --season 1950-51' fetches them\n");
  EXPECT_EQ(client.calls.back(), "standings 1950-51");
}

}  // namespace
}  // namespace nbasync::testing
