#pragma once

#include <string>
#include <vector>

#include "support/decoding.hpp"
#include "support/rows.hpp"
#include "support/upstream_json.hpp"

// Answers for lines of games.
namespace nbasync::testing {

inline const std::vector<std::string> kBaseHeaders = {
    "SEASON_YEAR", "TEAM_ID",   "TEAM_ABBREVIATION",
    "GAME_ID",     "GAME_DATE", "MATCHUP",
    "WL",          "MIN",       "FGM",
    "FGA",         "FG_PCT",    "FG3M",
    "FG3A",        "FG3_PCT",   "FTM",
    "FTA",         "FT_PCT",    "OREB",
    "DREB",        "REB",       "AST",
    "TOV",         "STL",       "BLK",
    "PTS",         "PLUS_MINUS"};
inline const std::vector<std::string> kAdvancedHeaders = {
    "TEAM_ID", "GAME_ID", "MIN", "OFF_RATING", "PACE", "DEF_RATING", "POSS", "E_PACE"};
inline const std::vector<std::string> kMiscHeaders = {"TEAM_ID",        "GAME_ID", "PTS_OFF_TOV",
                                                      "PTS_2ND_CHANCE", "PTS_FB",  "PTS_PAINT"};

struct Line {
  int team;
  std::string abbreviation;
  std::string game;
  std::string date;
  std::string matchup;
  JsonRow more = {};
};

// The three answers; every line has a row in each.
struct GameLogAnswers {
  std::vector<JsonRow> base, advanced, misc;

  explicit GameLogAnswers(const std::vector<Line>& lines) {
    for (const Line& line : lines) {
      JsonRow row = {{"TEAM_ID", std::to_string(line.team)},
                     {"TEAM_ABBREVIATION", quoted(line.abbreviation)},
                     {"GAME_ID", quoted(line.game)},
                     {"GAME_DATE", quoted(line.date + "T00:00:00")},
                     {"MATCHUP", quoted(line.matchup)},
                     {"WL", "\"W\""},
                     {"MIN", "48.0"},
                     {"FGM", "40"},
                     {"FGA", "90"},
                     {"FG3M", "12"},
                     {"FG3A", "35"},
                     {"TOV", "13.0"},
                     {"PTS", std::to_string(100 + line.team)}};
      JsonRow advanced_row = {{"OFF_RATING", "110.5"},
                              {"PACE", "99.9" + std::to_string(line.team)}};
      JsonRow misc_row = {{"PTS_PAINT", std::to_string(40 + line.team)}};
      for (JsonRow* own : {&row, &advanced_row, &misc_row}) {
        for (const auto& [name, value] : line.more) (*own)[name] = value;
        own->emplace("TEAM_ID", row["TEAM_ID"]);
        own->emplace("GAME_ID", row["GAME_ID"]);
      }
      base.push_back(row);
      advanced.push_back(advanced_row);
      misc.push_back(misc_row);
    }
  }

  Decoded decode(const SeasonFacts& facts = new_season()) const {
    return decode_bodies(kGameLogs,
                         {stats_answer("TeamGameLogs", kBaseHeaders, base),
                          stats_answer("TeamGameLogs", kAdvancedHeaders, advanced),
                          stats_answer("TeamGameLogs", kMiscHeaders, misc)},
                         facts);
  }
  Rows logs(const SeasonFacts& facts = new_season()) const {
    return rows_for(decode(facts), "team_game_logs");
  }
  Rows games(const SeasonFacts& facts = new_season()) const {
    return rows_for(decode(facts), "games");
  }
};

// A season whose schedule has the game, with this team at home.
inline SeasonFacts with_home(std::int64_t home) {
  auto facts = new_season();
  facts.games.emplace("0022500001", stored_game("final", home, home == 1 ? 2 : 1));
  return facts;
}

inline const std::vector<Line> kOneGame = {{1, "MEM", "0022500001", "2025-11-01", "MEM vs. DAL"},
                                           {2, "DAL", "0022500001", "2025-11-01", "DAL @ MEM"}};

}  // namespace nbasync::testing
