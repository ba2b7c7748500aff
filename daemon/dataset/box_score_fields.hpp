#pragma once

#include <array>
#include <cstddef>

#include "dataset/result_set.hpp"

namespace nbasync {

// What a box score has, of a team as of a player, and the columns where all tables keep it. `kind`
// is that of the counts: whole in a game, real in an average.
consteval auto box_score_fields(Kind kind) {
  return std::to_array<ResultColumn>({
      {"FGM", "fgm", kind},
      {"FGA", "fga", kind},
      {"FG_PCT", "fg_pct"},
      {"FG3M", "fg3m", kind},
      {"FG3A", "fg3a", kind},
      {"FG3_PCT", "fg3_pct"},
      {"FTM", "ftm", kind},
      {"FTA", "fta", kind},
      {"FT_PCT", "ft_pct"},
      {"OREB", "offensive_rebounds", kind},
      {"DREB", "defensive_rebounds", kind},
      {"REB", "rebounds", kind},
      {"AST", "assists", kind},
      {"STL", "steals", kind},
      {"BLK", "blocks", kind},
      {"TOV", "turnovers", kind},
  });
}

// One list of fields, and another one behind it.
template <std::size_t N, std::size_t M>
consteval std::array<ResultColumn, N + M> chained(const std::array<ResultColumn, N>& first,
                                                  const std::array<ResultColumn, M>& then) {
  std::array<ResultColumn, N + M> all{};
  for (std::size_t i = 0; i < N; ++i) all[i] = first[i];
  for (std::size_t i = 0; i < M; ++i) all[N + i] = then[i];
  return all;
}

}  // namespace nbasync
