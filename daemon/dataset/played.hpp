#pragma once

#include <chrono>
#include <cstdint>
#include <set>

#include "dataset/season_facts.hpp"

namespace nbasync {

// Teams with a final game of this type that upstream must know of by now.
std::set<std::int64_t> teams_that_played(SeasonType type, const SeasonFacts& facts);

// Whether a game of the team ended in the last hours, as far as is known: it takes two and a half.
bool has_just_played(std::int64_t team, std::chrono::minutes within, const SeasonFacts& facts);

}  // namespace nbasync
