#pragma once

#include <vector>

#include "demo/season.hpp"

namespace nbasync::demo {

// Adds what follows from the regular season's results, as far as it has come: the Cup's final,
// play-in and playoffs. The games are then by date and time again.
void add_postseason(Season& season, const std::vector<Strength>& strengths);

}  // namespace nbasync::demo
