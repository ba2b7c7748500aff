#include "demo/box_score.hpp"

#include <algorithm>
#include <cmath>

namespace nbasync::demo {
namespace {

int nearest(double value) { return static_cast<int>(std::lround(value)); }

int draw(Random& random, double mean, double deviation) {
  return std::max(0, nearest(random.normal(mean, deviation)));
}

// How many of so many shots go in.
int makes(Random& random, int shots, double share) {
  const double deviation = 0.7 * std::sqrt(shots * share * (1 - share));
  return std::clamp(draw(random, shots * share, deviation), 0, shots);
}

// Shots and free throws; `edge` is in points a hundred possessions.
Box shoot(Random& random, double possessions, double edge) {
  const double scale = possessions / 99;
  const double spread = std::sqrt(scale);
  Box box;
  box.tov = draw(random, 13.8 * scale, 3.2 * spread);
  box.oreb = draw(random, 11.3 * scale, 3 * spread);
  box.fta = draw(random, 23 * scale, 5 * spread);
  box.fga = std::max(0, nearest(possessions - box.tov + box.oreb - 0.44 * box.fta));
  box.fg3a = std::min(box.fga, draw(random, 0.42 * box.fga, 4.5 * spread));
  box.fg3m = makes(random, box.fg3a, 0.364 + 0.004 * edge);
  box.fgm = box.fg3m + makes(random, box.fga - box.fg3a, 0.548 + 0.005 * edge);
  box.ftm = makes(random, box.fta, 0.785);
  box.oreb = std::min(box.oreb, box.fga - box.fgm);
  return box;
}

// Overtime was close: shots of the loser's that missed go in.
void tighten(std::array<Box, 2>& box) {
  constexpr int kMargin = 9;
  Box& loser = box[box[0].points() < box[1].points() ? 0 : 1];
  const Box& winner = &loser == box.data() ? box[1] : box[0];
  while (winner.points() - loser.points() > kMargin &&
         loser.fgm - loser.fg3m < loser.fga - loser.fg3a) {
    ++loser.fgm;
  }
}

// All that follows from the shots of both.
void fill(Box& own, const Box& opponent, Random& random) {
  const int missed = opponent.fga - opponent.fgm + (opponent.fta - opponent.ftm) / 2;
  own.oreb = std::min(own.oreb, own.fga - own.fgm);
  own.dreb = std::max(0, missed - opponent.oreb - random.between(0, 4));
  own.ast = makes(random, own.fgm, 0.63);
  own.stl = makes(random, opponent.tov, 0.58);
  const int two_misses = opponent.fga - opponent.fg3a - (opponent.fgm - opponent.fg3m);
  own.blk = makes(random, two_misses, 0.21);
  own.pf = std::max(0, nearest(opponent.fta * 0.6) + random.between(2, 8));
  own.off_turnovers = nearest(opponent.tov * random.normal(1.25, 0.15));
  own.second_chance = nearest(own.oreb * random.normal(1.25, 0.15));
  own.fast_break = std::min(2 * own.fgm, draw(random, 0.13 * own.points(), 4));
  own.in_paint = 2 * makes(random, own.fgm - own.fg3m, 0.86);
}

// Points of the quarters that have begun; the last of a game broken off is a part of one.
std::vector<int> split(Random& random, int points, double quarters) {
  std::vector<int> periods;
  for (int begun = 0; begun < quarters; ++begun) {
    const double left = quarters - begun;
    const double share = std::min(left, 1.0) / left;
    const int scored = left <= 1 ? points : makes(random, points, share);
    periods.push_back(scored);
    points -= scored;
  }
  periods.resize(4);
  return periods;
}

void split_overtime(Random& random, Result& result, int overtimes) {
  const std::array points{result.box[0].points(), result.box[1].points()};
  const int low = std::min(points[0], points[1]);
  int tied = low;  // after four quarters, and after each overtime but the last
  std::vector<int> scored(static_cast<std::size_t>(overtimes));
  for (auto& period : scored) tied -= period = random.between(5, 12);
  for (std::size_t side = 0; side < 2; ++side) {
    result.periods[side] = split(random, tied, 4);
    auto own = scored;
    own.back() += points[side] - low;
    result.periods[side].insert(result.periods[side].end(), own.begin(), own.end());
  }
}

}  // namespace

Box& Box::operator+=(const Box& other) {
  fgm += other.fgm, fga += other.fga, fg3m += other.fg3m, fg3a += other.fg3a;
  ftm += other.ftm, fta += other.fta, oreb += other.oreb, dreb += other.dreb;
  ast += other.ast, stl += other.stl, blk += other.blk, tov += other.tov, pf += other.pf;
  possessions += other.possessions;
  off_turnovers += other.off_turnovers, second_chance += other.second_chance;
  fast_break += other.fast_break, in_paint += other.in_paint;
  return *this;
}

Result play(const std::array<Strength, 2>& teams, const Length& length, Random& random) {
  constexpr double kHomeEdge = 1.2;
  Result result;
  result.minutes = length.overtimes > 0 ? 48 + 5 * length.overtimes : 48 * length.part;
  const double pace = (teams[0].pace + teams[1].pace) / 2 + random.normal(0, 3.5);
  const double possessions = std::max(1.0, pace * result.minutes / 48);

  auto& [home, away] = result.box;
  home = shoot(random, possessions, teams[0].attack - teams[1].defence + kHomeEdge);
  away = shoot(random, possessions, teams[1].attack - teams[0].defence - kHomeEdge);
  const bool whole = length.part >= 1;
  if (length.overtimes > 0) tighten(result.box);
  if (whole && home.points() == away.points()) ++home.ftm, ++home.fta;

  home.possessions = nearest(possessions);
  away.possessions = home.possessions + random.between(-1, 1);
  fill(home, away, random);
  fill(away, home, random);

  if (length.overtimes > 0) {
    split_overtime(random, result, length.overtimes);
  } else {
    for (std::size_t side = 0; side < 2; ++side) {
      result.periods[side] = split(random, result.box[side].points(), 4 * length.part);
    }
  }
  return result;
}

}  // namespace nbasync::demo
