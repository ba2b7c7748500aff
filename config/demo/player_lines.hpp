#pragma once

#include <cstddef>
#include <vector>

#include "demo/season.hpp"

namespace nbasync::demo {

// A player's part in a game, or in several.
struct PlayerLine {
  std::size_t player = 0;  // his place in players()
  int games = 0, wins = 0, losses = 0;
  int minutes = 0;
  Box own;
  int plus_minus = 0;
  // While he was on the floor: what his team scored, and its part of the game.
  double points_on = 0;
  double possessions_on = 0;
  double plays_on = 0;    // shots, trips to the line and turnovers of the team
  double minutes_of = 0;  // of the game
  int double_doubles = 0, triple_doubles = 0;

  PlayerLine& operator+=(const PlayerLine& other);
};

// What the players of a side did: their lines add up to the team's. The same for the same game.
std::vector<PlayerLine> player_lines(const Played& played, std::size_t side);

}  // namespace nbasync::demo
