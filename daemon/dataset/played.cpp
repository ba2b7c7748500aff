#include "dataset/played.hpp"

#include <algorithm>

#include "dataset/date.hpp"
#include "dataset/game_id.hpp"

namespace nbasync {

std::set<std::int64_t> teams_that_played(SeasonType type, const SeasonFacts& facts) {
  std::set<std::int64_t> teams;
  for (const auto& [id, game] : facts.games) {
    if (season_type_of(id) != type || !is_settled(game, facts.now)) continue;
    for (const auto& team : {game.home_team, game.away_team}) {
      if (team) teams.insert(*team);
    }
  }
  return teams;
}

bool is_just_over(SystemTime start, Duration within, SystemTime now) {
  constexpr std::chrono::minutes kGame{150};
  return start <= now && now - start <= kGame + within;
}

bool has_just_played(std::int64_t team, Duration within, const SeasonFacts& facts) {
  return std::ranges::any_of(facts.games, [&](const auto& each) {
    const StoredGame& game = each.second;
    if (game.home_team != team && game.away_team != team) return false;
    const auto start = tip_off(game.time_utc);
    return start && is_just_over(*start, within, facts.now);
  });
}

}  // namespace nbasync
