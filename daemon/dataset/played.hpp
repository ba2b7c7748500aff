#pragma once

#include <chrono>
#include <cstdint>
#include <set>

#include "dataset/season_facts.hpp"

namespace nbasync {

// Teams with a final game of this type that upstream must know of by now.
std::set<std::int64_t> teams_that_played(SeasonType type, const SeasonFacts& facts);

// Whether a game that began then ended in the last hours: it takes two and a half.
bool is_just_over(SystemTime start, Duration within, SystemTime now);

// Whether a game of the team did, as far as is known.
bool has_just_played(std::int64_t team, Duration within, const SeasonFacts& facts);

}  // namespace nbasync
