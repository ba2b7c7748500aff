#pragma once

#include <array>
#include <vector>

#include "demo/random.hpp"

namespace nbasync::demo {

// What a team did in a game, or in several.
struct Box {
  int fgm = 0, fga = 0, fg3m = 0, fg3a = 0, ftm = 0, fta = 0;
  int oreb = 0, dreb = 0, ast = 0, stl = 0, blk = 0, tov = 0, pf = 0;
  int possessions = 0;
  int off_turnovers = 0, second_chance = 0, fast_break = 0, in_paint = 0;  // points

  int points() const { return 2 * (fgm - fg3m) + 3 * fg3m + ftm; }
  int rebounds() const { return oreb + dreb; }
  Box& operator+=(const Box& other);
};

// How good a team is: points in 100 possessions above the average, and its pace.
struct Strength {
  double attack;
  double defence;
  double pace;
};

// How much of a game to play.
struct Length {
  int overtimes = 0;
  double part = 1;  // of four quarters; less than 1: broken off, and may be tied
};

struct Result {
  std::array<Box, 2> box;                   // home, away
  std::array<std::vector<int>, 2> periods;  // points in each
  double minutes = 48;
};

// Plays a game. A whole one has a winner, and was tied after four quarters if it has overtime.
Result play(const std::array<Strength, 2>& teams, const Length& length, Random& random);

}  // namespace nbasync::demo
