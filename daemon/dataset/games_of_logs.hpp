#pragma once

#include <span>
#include <vector>

#include "dataset/dataset.hpp"
#include "dataset/game_pairs.hpp"

// What the lines of games tell other tables.
namespace nbasync::game_logs {

// The games, for the table games: score and status of those that are over, and all that is needed
// where the schedule did not tell of a game.
Rows games_of_logs(const Rows& logs, std::span<const GamePair> pairs, const SeasonFacts& facts,
                   std::vector<Claim>& claims);

// What the teams were called, for the season's standings.
TableChange abbreviations_of(const Rows& logs);

}  // namespace nbasync::game_logs
