#include "dataset/season_stats_moments.hpp"

#include <optional>
#include <string>

#include "dataset/game_id.hpp"
#include "dataset/value.hpp"

namespace nbasync::season_stats {
namespace {

std::int64_t games_in(const Value& value) { return integer_of(value).value_or(0); }

// What is known of a team's final games at neutral sites; nullopt: of one it is not known.
std::optional<std::int64_t> neutral_games(std::int64_t team, SeasonType type,
                                          const SeasonFacts& facts) {
  std::int64_t count = 0;
  for (const auto& [id, game] : facts.games) {
    if (season_type_of(id) != type || game.status != "final") continue;
    if (game.home_team != team && game.away_team != team) continue;
    if (!game.is_neutral) return std::nullopt;
    if (*game.is_neutral) ++count;
  }
  return count;
}

}  // namespace

Disagreements disagreements(std::span<const SplitAnswers> splits, const SeasonFacts& facts) {
  Disagreements found;
  for (const auto& own : splits) {
    const auto base = games_of(own.grids.front());
    for (const auto& grid : std::span(own.grids).subspan(1)) {
      for (const auto& [team, games] : games_of(grid)) {
        const auto known = base.find(team);
        const bool same = is_null(games) || (known != base.end() && known->second == games);
        if (!same) found[own.split->name].insert(team);
      }
    }
  }
  for (std::size_t s = 0; s + 2 < splits.size(); s += kSplitsOfType) {
    const auto home = games_of(splits[s + 1].grids.front());
    const auto away = games_of(splits[s + 2].grids.front());
    for (const auto& played : games_of(splits[s].grids.front())) {
      const auto team = played.first;
      const auto at = [&](const std::map<std::int64_t, Value>& of) {
        const auto row = of.find(team);
        return row == of.end() ? 0 : games_in(row->second);
      };
      const auto left = games_in(played.second) - at(home) - at(away);
      if (left == 0) continue;
      const auto neutral = neutral_games(team, splits[s].split->type, facts);
      if (!neutral || (left > 0 && left <= *neutral)) continue;
      for (std::size_t i = 0; i < kSplitsOfType; ++i) {
        found[splits[s + i].split->name].insert(team);
      }
    }
  }
  return found;
}

}  // namespace nbasync::season_stats
