#pragma once

#include <optional>
#include <string>

#include "query/question.hpp"

// The questions that can be asked. The arguments have been checked by whoever asks. Pure.
namespace nbasync::queries {

// The games of a league's day, with the scoreboard's live figures where it has them.
Question games(const std::string& date);

Question teams();

// Without a season: the newest one there is. `split`: "overall", "home", "away", or "all".
Question team_stats(const std::optional<std::string>& season, const std::string& split);

// Newest first. `team` is an id or a three-letter code in any case.
Question game_logs(const std::optional<std::string>& team, const std::optional<std::string>& season,
                   unsigned limit);

// From the earliest on, both days included.
Question schedule(const std::string& from, const std::optional<std::string>& to, unsigned limit);

// Whether the database can be read at all.
Question anything();

}  // namespace nbasync::queries
