#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "dataset/result_set.hpp"
#include "model/season_type.hpp"

namespace nbasync {

// Keeps the rows of the league's games of this type: those of other leagues and of other parts of
// the season come along when upstream overlooks what it was asked. Of rows of so many cells, of
// which the first is GAME_ID. Throws Error(kUpstreamMalformed) for what is no game id.
void keep_games_of(SeasonType type, std::vector<Value>& cells, std::size_t width,
                   const std::string& label);

// All lines that there are of a part of the season, keyed by the game first. A stored line may go
// when its game is `whole` without it, or is not final.
TableChange lines_of_type(const Table& table, Rows rows, SeasonType type, const SeasonFacts& facts,
                          std::unordered_set<std::string> whole);

}  // namespace nbasync
