#include <gmock/gmock.h>

#include "ctl/view/games_text.hpp"
#include "ctl/view/text.hpp"
#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

json a_game(const char* away, const char* home, const char* status) {
  return {{"id", "0022500001"},     {"game_date", "2026-01-15"},
          {"home_team_name", home}, {"home_score", 0},
          {"away_team_name", away}, {"away_score", 0},
          {"status", status},       {"game_time_utc", "2026-01-15T15:30:00Z"},
          {"game_status_text", ""}, {"period", 0},
          {"game_clock", ""},       {"label", nullptr}};
}

json a_day() {
  auto live = a_game("LAL", "BOS", "live");
  live.update({{"home_score", 98},
               {"away_score", 101},
               {"period", 4},
               {"game_clock", "PT04M32.00S"},
               {"away_team_record", "25-14"},
               {"game_status_text", "Q4 4:32"},
               {"game_time_utc", "2026-01-15T10:00:00Z"}});
  auto over = a_game("NYK", "MIA", "final");
  over.update({{"home_score", 120},
               {"away_score", 118},
               {"period", 5},
               {"game_status_text", "Final/OT"},
               {"game_time_utc", "2026-01-15T01:00:00Z"}});
  auto to_come = a_game("DEN", "PHX", "scheduled");
  to_come["label"] = "Emirates NBA Cup";
  auto off = a_game("ATL", "CHI", "postponed");
  return {live, over, to_come, off};
}

class GamesTest : public VerbTest {
 protected:
  std::string state(const json& game) {
    const auto text =
        ctl::games_text(read<std::vector<ctl::Game>>(json::array({game})), clock.wall(), {});
    return text;
  }
};

TEST_F(GamesTest, DayIsATableWithTheStateOfEachGame) {
  client.the_games = a_day();
  EXPECT_EQ(run({"games"}), 0);
  EXPECT_THAT(client.calls, ElementsAre("games today"));
  EXPECT_EQ(out.str(),
            "2026-01-15, 4 games: 1 live, 1 final, 1 to come, 1 postponed\n"
            "\n"
            "START  AWAY              HOME       STATE          NOTE\n"
            "10:00  LAL   25-14  101  BOS    98  Q4 4:32\n"
            "01:00  NYK          118  MIA   120  Final/OT\n"
            "15:30  DEN               PHX        in 3 h 30 min  Emirates NBA Cup\n"
            "15:30  ATL               CHI        postponed\n");
}

TEST_F(GamesTest, LiveOnesAreFirstThenByTipOff) {
  client.the_games = {a_day()[3], a_day()[1], a_day()[0]};
  run({"games"});
  EXPECT_LT(out.str().find("LAL"), out.str().find("NYK"));
  EXPECT_LT(out.str().find("NYK"), out.str().find("ATL"));
}

TEST_F(GamesTest, WatchDrawsThemAnewAtEachEvent) {
  out_terminal = {.is_terminal = true, .width = 80, .height = 24};
  client.the_games = a_day();
  client.events = {{"finished", {{"run_id", "r"}}}};
  client.ticks = 0;
  EXPECT_EQ(run({"games", "--watch"}), 130);
  EXPECT_THAT(client.calls, ElementsAre("listen", "games today", "follow ", "games today"));
  EXPECT_TRUE(out.str().starts_with("\x1b[?1049h"));
}

TEST_F(GamesTest, DaysNearbyHaveWords) {
  run({"games", "yesterday"});
  run({"games", "tomorrow"});
  EXPECT_THAT(client.calls, ElementsAre("games 2026-01-14", "games 2026-01-16"));
  EXPECT_EQ(out.str(), "no games yesterday\nno games tomorrow\n");
}

TEST_F(GamesTest, LiveGamesHavePeriodAndClockOrUpstreamsWords) {
  auto game = a_day()[0];
  game["period"] = 5;
  EXPECT_THAT(state(game), HasSubstr("OT 4:32"));
  game["period"] = 6;
  game["game_clock"] = "PT00M09.30S";
  EXPECT_THAT(state(game), HasSubstr("OT2 0:09"));
  game["game_clock"] = "PT00M00.00S";
  game["game_status_text"] = "Half";
  EXPECT_THAT(state(game), HasSubstr("Half"));
  game["game_clock"] = nullptr;
  game["game_status_text"] = nullptr;
  EXPECT_THAT(state(game), HasSubstr("  live\n"));
}

TEST_F(GamesTest, WinnersScoreStandsOutOnATerminal) {
  const auto text = ctl::games_text(read<std::vector<ctl::Game>>(a_day()), clock.wall(),
                                    {.is_terminal = true, .colour = true, .width = 80});
  EXPECT_THAT(text, HasSubstr("\x1b[1m101\x1b[0m"));
  EXPECT_THAT(text, HasSubstr("\x1b[32mQ4 4:32\x1b[0m"));
}

TEST_F(GamesTest, DayMayBeNamed) {
  run({"games", "2026-01-14"});
  run({"games", "today"});
  EXPECT_THAT(client.calls, ElementsAre("games 2026-01-14", "games today"));
  EXPECT_EQ(out.str(), "no games on 2026-01-14\nno games today\n");
}

TEST_F(GamesTest, JsonIsTheListAndQuietTheIds) {
  client.the_games = a_day();
  run({"games", "--json"});
  EXPECT_EQ(json::parse(out.str()), a_day());
  out.str("");
  run({"games", "-q"});
  EXPECT_THAT(out.str(), HasSubstr("0022500001\n"));
}

TEST_F(GamesTest, TeamThatIsNotKnownYetIsAQuestionMark) {
  auto game = a_game("LAL", "BOS", "scheduled");
  game["home_team_name"] = nullptr;
  EXPECT_THAT(state(game), HasSubstr("LAL   ?"));
}

}  // namespace
}  // namespace nbasync::testing
