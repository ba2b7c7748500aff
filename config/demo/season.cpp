#include "demo/season.hpp"

#include <fmt/format.h>

#include <map>

#include "demo/postseason.hpp"

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

void stop_at(Played& played, const Moment& at) {
  played.period = at.period;
  played.clock = fmt::format("PT{:02}M{:02}.00S", at.minute, at.second);
  played.text = at.text;
}

// "8:30 pm ET", padded as upstream does.
std::string tip_off_text(Local tip_off) {
  const auto minute =
      std::chrono::duration_cast<minutes>(tip_off - std::chrono::floor<std::chrono::days>(tip_off));
  const auto hour = minute.count() / 60;
  return fmt::format("{}:{:02} {} ET   ", hour % 12 == 0 ? 12 : hour % 12, minute.count() % 60,
                     hour < 12 ? "am" : "pm");
}

std::string final_text(int count) {
  return count == 0 ? "Final" : count == 1 ? "Final/OT" : fmt::format("Final/OT{}", count);
}

// The league counts one more assist of a game that has been over for weeks.
void correct(Season& season) {
  if (season.today < kCorrectionDay) return;
  for (auto& played : season) {
    if (played.game.id == kCorrectedGame) ++played.result.box[0].ast;
  }
}

}  // namespace

int Played::status() const {
  switch (game.stage) {
    case Stage::kFinal:
      return 3;
    case Stage::kLive:
      return 2;
    case Stage::kHalted:
    case Stage::kScheduled:
      break;
  }
  return 1;
}

int overtimes_of(Random& random) {
  const int roll = random.between(1, 1000);
  return roll <= 3 ? 3 : roll <= 11 ? 2 : roll <= 65 ? 1 : 0;
}

Played play_game(Game game, const std::vector<Strength>& strengths, int overtimes, Random& random) {
  Played played{.game = std::move(game), .result = {}, .clock = "", .text = ""};
  const std::array teams{strengths[static_cast<std::size_t>(played.game.home)],
                         strengths[static_cast<std::size_t>(played.game.away)]};
  Length length;
  switch (played.game.stage) {
    case Stage::kScheduled:
      played.period = 0;
      played.text = tip_off_text(played.game.tip_off);
      return played;
    case Stage::kFinal:
      length.overtimes = overtimes;
      played.period = 4 + length.overtimes;
      played.text = final_text(length.overtimes);
      break;
    case Stage::kHalted:
    case Stage::kLive: {
      const bool halted = played.game.stage == Stage::kHalted;
      const auto number = static_cast<std::size_t>(played.game.home) % kLive.size();
      const auto& at = halted ? kHalted : kLive[number];
      length.part = part_played(at);
      stop_at(played, at);
    }
  }
  played.result = play(teams, length, random);
  return played;
}

Season make_season(Day today) {
  Random random(20252026);
  std::vector<Strength> strengths;
  for (std::size_t i = 0; i < kTeams.size(); ++i) {
    strengths.push_back({random.normal(0, 2.8), random.normal(0, 2.8), random.normal(99, 1.6)});
  }
  Season season;
  season.today = today;
  std::map<int, std::array<int, 2>> record;  // wins and losses by team
  for (auto& game : make_schedule(random, today)) {
    int overtimes = 0;
    if (season.size() == 700) {
      overtimes = 4;  // the one that people remember
    } else if (game.date < today) {
      overtimes = overtimes_of(random);
    }
    season.push_back(play_game(std::move(game), strengths, overtimes, random));
    auto& played = season.back();
    for (std::size_t side = 0; side < 2; ++side) {
      auto& [wins, losses] = record[played.team(side)];
      if (played.over()) ++(played.won(side) ? wins : losses);
      played.wins[side] = wins;
      played.losses[side] = losses;
    }
  }
  add_postseason(season, strengths);
  correct(season);
  return season;
}

}  // namespace nbasync::demo
