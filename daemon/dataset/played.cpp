#include "dataset/played.hpp"

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

bool has_just_played(std::int64_t team, std::chrono::minutes within, const SeasonFacts& facts) {
  constexpr std::chrono::minutes kGame{150};
  for (const auto& [id, game] : facts.games) {
    if (game.home_team != team && game.away_team != team) continue;
    const auto start = tip_off(game.time_utc);
    if (start && *start <= facts.now && facts.now - *start <= kGame + within) return true;
  }
  return false;
}

}  // namespace nbasync
