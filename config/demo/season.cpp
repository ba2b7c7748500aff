#include "demo/season.hpp"

#include <fmt/format.h>

#include <map>

namespace nbasync::demo {
namespace {

struct Moment {
  int period;
  int minute;  // left on the clock
  int second;
  const char* text;  // as upstream pads it
};

// Where the games that are not over stand.
constexpr std::array<Moment, 5> kLive{{{4, 3, 12, "Q4 3:12 "},
                                       {3, 7, 45, "Q3 7:45 "},
                                       {2, 0, 0, "Half    "},
                                       {4, 11, 8, "Q4 11:08"},
                                       {2, 5, 30, "Q2 5:30 "}}};
constexpr Moment kHalted{3, 5, 42, "PPD"};

double part_played(const Moment& at) {
  return (12.0 * at.period - at.minute - at.second / 60.0) / 48;
}

int overtimes(std::size_t number, const Game& game, Random& random) {
  if (number == 700) return 4;  // the one that people remember
  if (game.date == kToday) return 0;
  const int roll = random.between(1, 1000);
  return roll <= 3 ? 3 : roll <= 11 ? 2 : roll <= 65 ? 1 : 0;
}

void stop_at(Played& played, const Moment& at) {
  played.period = at.period;
  played.clock = fmt::format("PT{:02}M{:02}.00S", at.minute, at.second);
  played.text = at.text;
}

std::string final_text(int count) {
  return count == 0 ? "Final" : count == 1 ? "Final/OT" : fmt::format("Final/OT{}", count);
}

}  // namespace

int Played::status() const {
  switch (game.stage) {
    case Stage::kFinal:
      return 3;
    case Stage::kLive:
      return 2;
    case Stage::kHalted:
      break;
  }
  return 1;
}

Season make_season() {
  Random random(20252026);
  std::vector<Strength> strengths;
  for (std::size_t i = 0; i < kTeams.size(); ++i) {
    strengths.push_back({random.normal(0, 2.8), random.normal(0, 2.8), random.normal(99, 1.6)});
  }
  Season season;
  std::map<int, std::array<int, 2>> record;  // wins and losses by team
  std::size_t live = 0;
  for (auto& game : make_schedule(random)) {
    Played played{.game = std::move(game), .result = {}, .clock = "", .text = ""};
    const std::array teams{strengths[static_cast<std::size_t>(played.game.home)],
                           strengths[static_cast<std::size_t>(played.game.away)]};
    Length length;
    if (played.over()) {
      length.overtimes = overtimes(season.size(), played.game, random);
      played.period = 4 + length.overtimes;
      played.text = final_text(length.overtimes);
    } else {
      const auto& at = played.game.stage == Stage::kHalted ? kHalted : kLive.at(live++);
      length.part = part_played(at);
      stop_at(played, at);
    }
    played.result = play(teams, length, random);
    for (std::size_t side = 0; side < 2; ++side) {
      auto& [wins, losses] = record[played.team(side)];
      if (played.over()) ++(played.won(side) ? wins : losses);
      played.wins[side] = wins;
      played.losses[side] = losses;
    }
    season.push_back(std::move(played));
  }
  return season;
}

}  // namespace nbasync::demo
