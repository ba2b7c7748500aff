#pragma once

#include "dataset/dataset.hpp"

namespace nbasync {

// The scoreboard's stored rows of games that are over by now, of rows for the table games: what the
// scoreboard has not told, because nobody asked it, schedule and logs tell it.
TableChange close_board(const Rows& games, const SeasonFacts& facts);

}  // namespace nbasync
