#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dataset/dataset.hpp"
#include "query/query.hpp"

// The queries that can be asked. The arguments have been checked by whoever asks. Pure.
namespace nbasync::queries {

inline constexpr const char* kAllTypes = "all";

// The games of a league's day, with the scoreboard's live figures where it has them.
Query games(const std::string& date);
std::vector<Column> game_columns();  // of its answer

Query teams();

// Without a season: the newest one there is. `split`: "overall", "home", "away", or "all". `type`:
// "regular", "playoffs", or "all"; other parts of a season have no such figures.
Query team_stats(const std::optional<std::string>& season, const std::string& type,
                 const std::string& split);

// Newest first. `team` is an id, or a three-letter code of today or of the season, in any case.
// `type`: a part of the season, or "all".
Query game_logs(const std::optional<std::string>& team, const std::optional<std::string>& season,
                const std::string& type, unsigned limit);

// Without a season: the newest one there is.
Query standings(const std::optional<std::string>& season);

// By name. `team` as for game_logs, as of today; `name` a part of the name, in any case, with its
// marks or without.
Query players(const std::optional<std::string>& team, const std::optional<std::string>& name,
              unsigned limit);

// Newest first. `player`: an id, or a part of a name.
Query player_game_logs(const std::optional<std::string>& player,
                       const std::optional<std::string>& team,
                       const std::optional<std::string>& season, const std::string& type,
                       unsigned limit);

// The best scorers first. Without a season: the newest one there is, of a player all, newest first.
// `split`: "overall", "playoffs", or "all".
Query player_stats(const std::optional<std::string>& season, const std::string& split,
                   const std::optional<std::string>& player, const std::optional<std::string>& team,
                   unsigned limit);

// From the earliest on, both days included.
Query schedule(const std::string& from, const std::optional<std::string>& to, unsigned limit);

// Whether the database can be read at all.
Query anything();

}  // namespace nbasync::queries
