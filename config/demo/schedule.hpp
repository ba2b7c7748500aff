#pragma once

#include <string>
#include <vector>

#include "demo/calendar.hpp"
#include "demo/random.hpp"
#include "demo/teams.hpp"

namespace nbasync::demo {

enum class Stage { kFinal, kLive, kHalted };  // halted: begun, broken off and postponed

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
  Stage stage = Stage::kFinal;

  std::string code() const;             // 20251021/HOUOKC
  std::string matchup(int team) const;  // "HOU @ OKC", "OKC vs. HOU"; on neutral ground the former
};

inline constexpr Day kToday = day(2026, 4, 12);  // the season's last day; its games are under way

// The 1,230 games of the season, by date and time; ids do not quite follow them.
std::vector<Game> make_schedule(Random& random);

}  // namespace nbasync::demo
