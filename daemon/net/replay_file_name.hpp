#pragma once

#include <string>

#include "model/request.hpp"

namespace nbasync {

// The file that holds the answer to a request, for offline replay and for tests: the endpoint, then
// those of the values of GameDate, Season, PlayerOrTeam, SeasonType, MeasureType and Location, in
// this order, that are not empty and not "Regular Season", joined by '_', and ".json". So:
//   teamgamelogs_2025-26_Advanced.json         leaguedashteamstats_2025-26_Base_Home.json
//   teamgamelogs_2025-26_Playoffs_Base.json    leaguegamelog_2025-26_P.json
//   leaguestandingsv3_2025-26.json             commonteamyears.json
//   scoreboardv3_2026-01-15.json               scheduleLeagueV2.json
// A '/' in a value becomes '-': the name never leaves its directory.
std::string replay_file_name(const Request& request);

}  // namespace nbasync
