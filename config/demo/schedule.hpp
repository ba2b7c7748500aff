#pragma once

#include <span>
#include <string>
#include <vector>

#include "demo/calendar.hpp"
#include "demo/random.hpp"
#include "demo/teams.hpp"

namespace nbasync::demo {

// Halted: begun, broken off and postponed.
enum class Stage { kFinal, kLive, kHalted, kScheduled };

struct Arena {
  const char* name;
  const char* city;
  const char* state;
};

// A game as the schedule knows it. Teams are indices into kTeams.
struct Game {
  std::string id;  // 0022500001
  Day date;
  Local tip_off;  // Eastern
  int home;
  int away;
  Arena arena;
  bool neutral = false;
  std::string label;
  std::string sub_label;
  std::string subtype;
  bool if_necessary = false;
  Stage stage = Stage::kFinal;

  std::string code() const;             // 20251021/HOUOKC
  char type() const { return id[2]; }   // of a season's, as in ids: '2' the regular season
  std::string matchup(int team) const;  // "HOU @ OKC", "OKC vs. HOU"; on neutral ground the former
};

inline constexpr Day kLastDay = day(2026, 4, 12);  // of the regular season

// The 1,230 games of the regular season, by date and time; ids do not quite follow them. Those of
// `today` are under way, later ones have not begun.
std::vector<Game> make_schedule(Random& random, Day today);

// Sets the stage of a day's games, which are together: most are over, and a third, those furthest
// west, are being played; of many one was broken off.
void set_under_way(std::span<Game> games, Day today);

}  // namespace nbasync::demo
