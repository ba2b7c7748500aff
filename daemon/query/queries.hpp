#pragma once

#include <optional>
#include <string>

#include "query/query.hpp"

// The querys that can be asked. The arguments have been checked by whoever asks. Pure.
namespace nbasync::queries {

// The games of a league's day, with the scoreboard's live figures where it has them.
Query games(const std::string& date);

Query teams();

// Without a season: the newest one there is. `split`: "overall", "home", "away", or "all".
Query team_stats(const std::optional<std::string>& season, const std::string& split);

// Newest first. `team` is an id or a three-letter code in any case.
Query game_logs(const std::optional<std::string>& team, const std::optional<std::string>& season,
                unsigned limit);

// From the earliest on, both days included.
Query schedule(const std::string& from, const std::optional<std::string>& to, unsigned limit);

// Whether the database can be read at all.
Query anything();

}  // namespace nbasync::queries
