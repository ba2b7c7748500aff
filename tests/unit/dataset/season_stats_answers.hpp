#pragma once

#include <string>
#include <vector>

#include "support/decoding.hpp"
#include "support/rows.hpp"
#include "support/upstream_json.hpp"

// Answers for the figures of teams.
namespace nbasync::testing {

inline const std::vector<std::string> kStatsHeaders[] = {
    {"TEAM_ID", "TEAM_NAME", "GP",   "W",   "L",       "MIN",     "FGM", "FGA",
     "FG_PCT",  "FG3M",      "FG3A", "FTM", "FG3_PCT", "FTA",     "REB", "FT_PCT",
     "AST",     "TOV",       "STL",  "BLK", "PTS",     "PTS_RANK"},
    {"TEAM_ID", "MIN", "OFF_RATING", "DEF_RATING", "NET_RATING", "PACE", "TS_PCT", "EFG_PCT",
     "POSS"},
    {"TEAM_ID", "OPP_FGM", "OPP_FGA", "OPP_FG_PCT", "OPP_FG3M", "OPP_FG3A", "OPP_FG3_PCT",
     "OPP_FTM", "OPP_FTA", "OPP_FT_PCT", "OPP_OREB", "OPP_DREB", "OPP_REB", "OPP_AST", "OPP_TOV",
     "OPP_STL", "OPP_BLK", "OPP_PTS"}};

// The nine answers by split (overall, home, road) and measure (Base, Advanced, Opponent).
struct StatsAnswers {
  std::vector<JsonRow> rows[3][3];

  Decoded decode(const SeasonFacts& facts = new_season()) const {
    std::vector<std::string> bodies;
    for (const auto& split : rows) {
      for (int m = 0; m < 3; ++m) {
        bodies.push_back(stats_answer("LeagueDashTeamStats", kStatsHeaders[m], split[m]));
      }
    }
    return decode_bodies(kSeasonStats, bodies, facts);
  }

  void add(int team, const JsonRow& figures) {
    for (auto& split : rows) {
      for (auto& measure : split) {
        JsonRow row = figures;
        row["TEAM_ID"] = std::to_string(team);
        measure.push_back(row);
      }
    }
  }
};

}  // namespace nbasync::testing
