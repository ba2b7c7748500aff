#include "demo/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace nbasync::demo {
namespace {

constexpr std::string_view kCup = "Emirates NBA Cup";

// A group is the teams of a conference that share a division's place in the order of kTeams.
char group(int team) { return static_cast<char>('A' + team % 3); }

// On Tuesdays and Fridays of November, the first meeting of two teams of one group.
void add_cup_groups(std::vector<Game>& games) {
  std::set<std::pair<int, int>> met;
  for (auto& game : games) {
    const std::chrono::weekday weekday{game.date};
    if (game.date < day(2025, 10, 31) || game.date > day(2025, 11, 28)) continue;
    if (weekday != std::chrono::Tuesday && weekday != std::chrono::Friday) continue;
    const bool same_group = (game.home < kConference) == (game.away < kConference) &&
                            group(game.home) == group(game.away);
    if (!same_group || !met.insert(std::minmax({game.home, game.away})).second) continue;
    game.label = kCup;
    game.sub_label = fmt::format("{} Group {}", conference(game.home), group(game.home));
    game.subtype = "in-season";
  }
}

struct Special {
  Day date;
  minutes tip_off;  // Eastern, from midnight
  std::string_view label;
  std::string_view sub_label;
  Arena arena;  // neutral ground; none: at home
};

constexpr Arena kVegas{"T-Mobile Arena", "Las Vegas", "NV"};
constexpr std::array<Special, 8> kSpecials{{
    {day(2025, 11, 1),
     minutes{22 * 60},
     "NBA Mexico City Game",
     "",
     {"Arena CDMX", "Mexico City", "MX"}},
    {day(2025, 12, 9), minutes{18 * 60}, kCup, "Quarterfinal", {}},
    {day(2025, 12, 9), minutes{20 * 60 + 30}, kCup, "Quarterfinal", {}},
    {day(2025, 12, 13), minutes{17 * 60 + 30}, kCup, "East Semifinal", kVegas},
    {day(2025, 12, 13), minutes{21 * 60}, kCup, "West Semifinal", kVegas},
    {day(2026, 1, 15), minutes{14 * 60}, "NBA Berlin Game", "", {"Uber Arena", "Berlin", "DE"}},
    {day(2026, 1, 18), minutes{12 * 60}, "NBA London Game", "", {"The O2", "London", "GB"}},
    {day(2026, 1, 18), minutes{20 * 60}, "NBA Rivals Week", "", {}},
}};

}  // namespace

void add_labels(std::vector<Game>& games) {
  add_cup_groups(games);
  for (const auto& special : kSpecials) {
    const auto free = [&](const Game& game) {
      return game.date == special.date && game.label.empty();
    };
    const auto game = std::find_if(games.begin(), games.end(), free);
    if (game == games.end()) continue;
    game->tip_off = special.date + special.tip_off;
    game->label = special.label;
    game->sub_label = special.sub_label;
    if (special.label == kCup) game->subtype = "in-season-knockout";
    if (special.arena.name == nullptr) continue;
    game->neutral = true;
    game->arena = special.arena;
  }
}

}  // namespace nbasync::demo
