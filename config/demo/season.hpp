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
  bool begun() const { return game.stage != Stage::kScheduled; }
  int winner() const { return team(won(0) ? 0 : 1); }
  int status() const;  // gameStatus
  int team(std::size_t side) const { return side == 0 ? game.home : game.away; }
  int points(std::size_t side) const { return result.box[side].points(); }
  bool won(std::size_t side) const { return points(side) > points(1 - side); }
};

// The games of a season by date and time, as they stand on a day.
struct Season : std::vector<Played> {
  Day today{};
};

// From this day on a line of this game is another one than before.
inline constexpr Day kCorrectionDay = day(2026, 5, 5);
inline constexpr const char* kCorrectedGame = "0022501100";

// The same on every machine, always. What is over on one day is the same on all later ones, but for
// the correction.
Season make_season(Day today);

// Plays the game, as far as its stage says.
Played play_game(Game game, const std::vector<Strength>& strengths, int overtimes, Random& random);

// How many overtimes a game has.
int overtimes_of(Random& random);

inline constexpr const char* kSeason = "2025-26";
inline constexpr const char* kSeasonId = "22025";

}  // namespace nbasync::demo
