#include "demo/player_lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "demo/players.hpp"

namespace nbasync::demo {
namespace {

constexpr std::size_t kOnTheSheet = 9;
constexpr std::array kMinutes{35, 34, 32, 30, 28, 24, 21, 19, 17};  // of 240

double plays(const Box& box) { return box.fga + 0.44 * box.fta + box.tov; }

// By how much a player plays.
std::size_t somebody(Random& random, const std::vector<PlayerLine>& lines) {
  const int all =
      std::accumulate(lines.begin(), lines.end(), 0,
                      [](int sum, const PlayerLine& line) { return sum + line.minutes; });
  int at = random.between(0, std::max(0, all - 1));
  std::size_t who = 0;
  while (who + 1 < lines.size() && at >= lines[who].minutes) at -= lines[who++].minutes;
  return who;
}

void share(Random& random, std::vector<PlayerLine>& lines, int count, int Box::*what) {
  for (int i = 0; i < count; ++i) ++(lines[somebody(random, lines)].own.*what);
}

// Shots, of which so many go in.
void shoot(Random& random, std::vector<PlayerLine>& lines, int shots, int made, int Box::*attempts,
           int Box::*makes) {
  std::vector<std::size_t> who(static_cast<std::size_t>(shots));
  for (auto& each : who) each = somebody(random, lines);
  random.shuffle(who);
  for (std::size_t i = 0; i < who.size(); ++i) {
    ++(lines[who[i]].own.*attempts);
    if (static_cast<int>(i) < made) ++(lines[who[i]].own.*makes);
  }
}

int tens(const Box& box) {
  const std::array figures{box.points(), box.rebounds(), box.ast, box.stl, box.blk};
  return static_cast<int>(
      std::count_if(figures.begin(), figures.end(), [](int figure) { return figure >= 10; }));
}

// Whole minutes that add up to five players' all the time.
void share_minutes(std::vector<PlayerLine>& lines, int all) {
  int left = all;
  int weights = std::accumulate(kMinutes.begin(), kMinutes.end(), 0);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i].minutes = left * kMinutes[i] / weights;
    left -= lines[i].minutes;
    weights -= kMinutes[i];
  }
}

}  // namespace

PlayerLine& PlayerLine::operator+=(const PlayerLine& other) {
  games += other.games, wins += other.wins, losses += other.losses, minutes += other.minutes;
  own += other.own;
  plus_minus += other.plus_minus;
  points_on += other.points_on, possessions_on += other.possessions_on;
  plays_on += other.plays_on, minutes_of += other.minutes_of;
  double_doubles += other.double_doubles, triple_doubles += other.triple_doubles;
  return *this;
}

std::vector<PlayerLine> player_lines(const Played& played, std::size_t side) {
  const Box& team = played.result.box[side];
  Random random(std::stoull(played.game.id) * 2 + side);
  auto able = roster(played.team(side), played.game.date);
  // Somebody is always hurt, and others move up.
  while (able.size() > kOnTheSheet) {
    able.erase(able.begin() + random.between(0, static_cast<int>(able.size()) - 1));
  }
  std::vector<PlayerLine> lines(able.size());
  for (std::size_t i = 0; i < able.size(); ++i) lines[i].player = able[i];
  share_minutes(lines, static_cast<int>(std::lround(5 * played.result.minutes)));
  shoot(random, lines, team.fg3a, team.fg3m, &Box::fg3a, &Box::fg3m);
  shoot(random, lines, team.fga - team.fg3a, team.fgm - team.fg3m, &Box::fga, &Box::fgm);
  shoot(random, lines, team.fta, team.ftm, &Box::fta, &Box::ftm);
  share(random, lines, team.oreb, &Box::oreb);
  share(random, lines, team.dreb, &Box::dreb);
  share(random, lines, team.stl, &Box::stl);
  share(random, lines, team.blk, &Box::blk);
  share(random, lines, team.tov, &Box::tov);
  share(random, lines, team.pf, &Box::pf);
  share(random, lines, team.ast, &Box::ast);  // the last: what is corrected moves nothing else
  constexpr std::array noise{-6, 3, 0, 5, -2, 1, -4, 6, 2, -1, 4, -3, -5};
  for (auto& line : lines) {
    line.own.fga += line.own.fg3a;
    line.own.fgm += line.own.fg3m;
    line.games = 1;
    if (played.over()) ++(played.won(side) ? line.wins : line.losses);
    const double part = line.minutes / std::max(1.0, played.result.minutes);
    line.points_on = part * team.points();
    line.possessions_on = part * team.possessions;
    line.plays_on = part * plays(team);
    line.minutes_of = played.result.minutes;
    const double margin = team.points() - played.points(1 - side);
    line.plus_minus =
        static_cast<int>(std::lround(part * margin)) + noise[line.player % noise.size()];
    line.double_doubles = tens(line.own) >= 2 ? 1 : 0;
    line.triple_doubles = tens(line.own) >= 3 ? 1 : 0;
  }
  return lines;
}

}  // namespace nbasync::demo
