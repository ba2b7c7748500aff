#include <gmock/gmock.h>

#include <span>

#include "dataset/game_logs_columns.hpp"
#include "dataset/player_game_logs_columns.hpp"
#include "support/decoding.hpp"
#include "support/rows.hpp"
#include "support/upstream_json.hpp"

// What is derived of seasons that did not count all that today's do.
namespace nbasync::old_seasons_test {
namespace {

using testing::cell;
using testing::integer;
using testing::JsonRow;
using testing::kNull;
using testing::new_season;
using testing::quoted;
using testing::real;
using testing::stats_answer;
using testing::text;

const std::vector<std::string> kHeaders = {"SEASON_ID", "TEAM_ID",   "TEAM_ABBREVIATION",
                                           "GAME_ID",   "GAME_DATE", "MATCHUP",
                                           "WL",        "MIN",       "FGM",
                                           "FGA",       "FG_PCT",    "FG3M",
                                           "FG3A",      "FG3_PCT",   "FTM",
                                           "FTA",       "FT_PCT",    "OREB",
                                           "DREB",      "REB",       "AST",
                                           "STL",       "BLK",       "TOV",
                                           "PF",        "PTS",       "PLUS_MINUS"};

// Two lines of one game of the season that begins in this year, with these figures.
struct Game {
  int year;
  JsonRow figures;

  std::string season() const {
    return std::to_string(year) + '-' + std::to_string(100 + (year + 1) % 100).substr(1);
  }
  std::string id() const { return "002" + std::to_string(100 + year % 100).substr(1) + "00001"; }
  JsonRow line(int team, const char* name, const char* matchup, int points) const {
    JsonRow row = {
        {"TEAM_ID", std::to_string(team)}, {"TEAM_ABBREVIATION", quoted(name)},
        {"GAME_ID", quoted(id())},         {"GAME_DATE", quoted(std::to_string(year) + "-11-05")},
        {"MATCHUP", quoted(matchup)},      {"WL", quoted(points > 90 ? "W" : "L")},
        {"PTS", std::to_string(points)}};
    row.insert(figures.begin(), figures.end());
    return row;
  }
  // As leaguegamelog has it, or the three measures of teamgamelogs.
  Rows rows() const {
    const std::vector<JsonRow> lines = {line(1, "MNL", "MNL vs. SYR", 101),
                                        line(2, "SYR", "SYR @ MNL", 88)};
    std::vector<std::string> bodies = {stats_answer("LeagueGameLog", kHeaders, lines)};
    if (year >= 1996) {
      bodies[0] = stats_answer("TeamGameLogs", kHeaders, lines);
      bodies.push_back(
          stats_answer("TeamGameLogs",
                       {"TEAM_ID", "GAME_ID", "OFF_RATING", "DEF_RATING", "PACE", "POSS"}, lines));
      bodies.push_back(stats_answer(
          "TeamGameLogs",
          {"TEAM_ID", "GAME_ID", "PTS_OFF_TOV", "PTS_2ND_CHANCE", "PTS_FB", "PTS_PAINT"}, lines));
    }
    return testing::rows_for(testing::decode_bodies(kGameLogs, bodies, new_season(season())),
                             "team_game_logs");
  }
};

const JsonRow kAll = {{"FGM", "38"}, {"FGA", "90"}, {"FG3M", "0"}, {"FG3A", "0"}, {"FG3_PCT", "0"},
                      {"OREB", "0"}, {"DREB", "0"}, {"REB", "61"}, {"AST", "20"}, {"STL", "0"},
                      {"BLK", "0"},  {"TOV", "0"},  {"MIN", "240"}};

// A team's minutes are those of its five there: 240 is 48, with two overtimes 290 is 58.
TEST(OldSeasonsTest, MinutesAreOfTheGameAndNotOfFivePlayers) {
  for (const int minutes : {240, 265, 290}) {
    auto figures = kAll;
    figures["MIN"] = std::to_string(minutes);
    EXPECT_EQ(cell(Game{1950, figures}.rows(), 0, "minutes"), real(minutes / 5.0));
  }
  auto figures = kAll;
  figures["MIN"] = "53.0";
  EXPECT_EQ(cell(Game{1996, figures}.rows(), 0, "minutes"), real(53));
}

TEST(OldSeasonsTest, WithoutThreePointersAllFieldGoalsAreOfTwo) {
  const Rows before = Game{1978, kAll}.rows();
  EXPECT_EQ(cell(before, 0, "fg2m"), integer(38));
  EXPECT_EQ(cell(before, 0, "fg2a"), integer(90));
  EXPECT_EQ(cell(before, 1, "opp_fg2m"), integer(38)) << "and the other team's";
  for (const auto* column : {"fg3m", "fg3a", "fg3_pct", "opp_fg3m"}) {
    EXPECT_EQ(cell(before, 0, column), kNull) << column;
  }
  auto figures = kAll;
  figures["FG3M"] = "5";
  figures["FG3A"] = "11";
  const Rows since = Game{1979, figures}.rows();
  EXPECT_EQ(cell(since, 0, "fg2m"), integer(38 - 5));
  EXPECT_EQ(cell(since, 0, "fg2a"), integer(90 - 11));
  EXPECT_EQ(cell(since, 0, "fg3m"), integer(5));
}

TEST(OldSeasonsTest, WhatWasNotCountedIsNotKnown) {
  const char* columns[] = {"steals", "blocks", "turnovers", "offensive_rebounds",
                           "defensive_rebounds"};
  for (const auto* column : columns) {
    EXPECT_EQ(cell(Game{1972, kAll}.rows(), 0, column), kNull) << column;
    EXPECT_EQ(cell(Game{1973, kAll}.rows(), 0, column), integer(0)) << column;
  }
  EXPECT_EQ(cell(Game{1972, kAll}.rows(), 0, "rebounds"), integer(61)) << "together they were";
  EXPECT_EQ(cell(Game{1972, kAll}.rows(), 0, "assists"), integer(20));
}

TEST(OldSeasonsTest, ACountWithAFractionIsStoredAsItIs) {
  auto figures = kAll;
  figures["TOV"] = "26.2";
  const Rows rows = Game{1996, figures}.rows();
  EXPECT_EQ(cell(rows, 0, "turnovers"), real(26.2));
  EXPECT_EQ(cell(rows, 1, "opp_turnovers"), real(26.2));
  EXPECT_EQ(cell(rows, 0, "fgm"), integer(38)) << "a whole one stays whole";
}

TEST(OldSeasonsTest, EachCountThatMayHaveAFractionHasAColumnForIt) {
  const auto look = [](std::span<const ResultColumn> fields, std::span<const Column> columns) {
    int counts = 0;
    for (const ResultColumn& field : fields) {
      if (field.kind != Kind::kCount) continue;
      ++counts;
      for (const Column& column : columns) {
        if (column.name != field.column) continue;
        EXPECT_EQ(column.type, Type::kCount) << column.name;
      }
    }
    return counts;
  };
  EXPECT_EQ(look(game_logs::kBase, game_logs::kColumns), 14);
  EXPECT_EQ(look(game_logs::kMisc, game_logs::kColumns), 4);
  EXPECT_EQ(look(player_game_logs::kFields, player_game_logs::kColumns), 16);
}

TEST(OldSeasonsTest, NamesAreThoseOfThatTime) {
  const Rows rows = Game{1950, kAll}.rows();
  EXPECT_EQ(cell(rows, 0, "season"), text("1950-51"));
  EXPECT_EQ(cell(rows, 0, "team_abbreviation"), text("MNL"));
  EXPECT_EQ(cell(rows, 0, "opponent_abbr"), text("SYR"));
  EXPECT_EQ(cell(rows, 0, "is_home"), integer(1));
  EXPECT_EQ(cell(rows, 0, "off_rating"), kNull) << "nobody has computed it";
}

TEST(OldSeasonsTest, ScheduleAndLinesComeFromWhereTheyAre) {
  const auto old = new_season("1950-51");
  EXPECT_EQ(kGameLogs.requests(old).at(0).endpoint(), "leaguegamelog");
  EXPECT_EQ(kGameLogs.requests(old).at(0).parameter("PlayerOrTeam"), "T");
  EXPECT_EQ(kGameLogs.requests(new_season("1996-97")).at(0).endpoint(), "teamgamelogs");
}

}  // namespace
}  // namespace nbasync::old_seasons_test
