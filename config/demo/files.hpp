#pragma once

#include "demo/measure.hpp"
#include "demo/season.hpp"
#include "demo/stats.hpp"

// The answers of upstream, one function an endpoint.
namespace nbasync::demo {

struct SeasonType {
  char digit;
  const char* name;  // upstream's
};
inline constexpr std::array<SeasonType, 4> kSeasonTypes{
    {{'2', "Regular Season"}, {'5', "PlayIn"}, {'4', "Playoffs"}, {'6', "IST"}}};

Json team_years();
Json standings(const Season& season);
Json league_schedule(const Season& season);
Json game_logs(const Season& season, const SeasonType& type, Measure measure);
Json team_stats(const Season& season, const SeasonType& type, Measure measure, Location location);
Json scoreboard(const Season& season);  // of today, or the last day with games
Json player_index(const Season& season);
Json player_logs(const Season& season, const SeasonType& type);
Json player_stats(const Season& season, const SeasonType& type, Measure measure);

}  // namespace nbasync::demo
