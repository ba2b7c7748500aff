#pragma once

#include <span>

#include "dataset/dataset.hpp"
#include "dataset/game_pairs.hpp"

namespace nbasync::game_logs {

// What rows of team_game_logs say about table games: scores and pace; and whole games of past
// seasons, whose schedule upstream no longer publishes. A game with one row is left out.
Rows games_of_logs(const Rows& logs, std::span<const GamePair> pairs);

}  // namespace nbasync::game_logs
