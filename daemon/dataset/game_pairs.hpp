#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/result_set.hpp"

namespace nbasync::game_logs {

// The two rows of a game, as rows of the Base answer; the second may not be there.
struct GamePair {
  std::size_t first;
  std::optional<std::size_t> second;
  std::optional<std::size_t> home;  // which of them plays at home, if that can be told
};

// The games of the Base answer, in its order. The schedule decides who is at home; MATCHUP only
// where the schedule does not know, because at neutral sites both rows may say "A @ B". Throws
// Error(kUpstreamMalformed) for a game of three rows.
std::vector<GamePair> pair_games(const Grid& base, const SeasonFacts& facts);

}  // namespace nbasync::game_logs
