#pragma once

#include <array>
#include <string>
#include <vector>

#include "demo/box_score.hpp"
#include "demo/schedule.hpp"

namespace nbasync::demo {

// A game with what has happened in it so far.
struct Played {
  Game game;
  Result result;
  int period = 4;             // the current or last one
  std::string clock;          // "PT03M12.00S" while it is live or halted
  std::string text;           // gameStatusText
  std::array<int, 2> wins{};  // of home and away, this game included if it is over
  std::array<int, 2> losses{};

  bool over() const { return game.stage == Stage::kFinal; }
  int status() const;  // gameStatus
  int team(std::size_t side) const { return side == 0 ? game.home : game.away; }
  int points(std::size_t side) const { return result.box[side].points(); }
  bool won(std::size_t side) const { return points(side) > points(1 - side); }
};

// The games by date and time. The same on every machine, always.
using Season = std::vector<Played>;
Season make_season();

inline constexpr const char* kSeason = "2025-26";
inline constexpr const char* kSeasonId = "22025";

}  // namespace nbasync::demo
