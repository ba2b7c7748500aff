#pragma once

#include "demo/season.hpp"
#include "demo/stats.hpp"

namespace nbasync::demo {

enum class Measure { kBase, kAdvanced, kMisc, kOpponent };
enum class Location { kAll, kHome, kRoad };

inline const char* to_string(Measure measure) {
  constexpr std::array kNames{"Base", "Advanced", "Misc", "Opponent"};
  return kNames[static_cast<std::size_t>(measure)];
}

// "" for all.
inline const char* to_string(Location location) {
  constexpr std::array kNames{"", "Home", "Road"};
  return kNames[static_cast<std::size_t>(location)];
}

// The columns of a measure.
const Stats& stats_of(Measure measure);

// "W" or "L"; null until the game is over.
Json result_of(const Played& played, std::size_t side);

// A team's part in a game; side 0 is home.
Line line_of(const Played& played, std::size_t side);

}  // namespace nbasync::demo
