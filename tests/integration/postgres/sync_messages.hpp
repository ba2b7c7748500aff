#pragma once

#include <map>
#include <string>

namespace nbasync::testing {

// What of a sync of season_stats is said to the database, in this order, by what it has in it.
inline const std::map<std::string, std::string> kSyncMessages{
    {"Begin", "SET state = 'running', attempts = attempts + 1"},
    {"Read", "games_as_of FROM team_season_stats"},
    {"Data", "INSERT INTO team_season_stats"},
    {"End", "SET state = 'ended', status = E'success'"}};

}  // namespace nbasync::testing
