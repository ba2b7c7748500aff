#pragma once

#include "demo/measure.hpp"
#include "demo/season.hpp"
#include "demo/stats.hpp"

// The answers of upstream, one function an endpoint.
namespace nbasync::demo {

Json team_years();
Json standings(const Season& season);
Json league_schedule(const Season& season);
Json game_logs(const Season& season, Measure measure);
Json team_stats(const Season& season, Measure measure, Location location);
Json scoreboard(const Season& season);  // of the season's last day

}  // namespace nbasync::demo
