#include "dataset/game_pairs.hpp"

#include <unordered_map>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/game_logs_columns.hpp"
#include "dataset/matchup.hpp"

namespace nbasync::game_logs {
namespace {

enum { kGameId, kTeamId, kMatchup = 4 };  // of kBase

const std::string& text(const Grid& base, std::size_t row, std::size_t field) {
  return std::get<std::string>(base.row(row)[field]);
}

// The row, of the two, whose team this predicate says is at home.
template <typename IsHome>
std::optional<std::size_t> choose(const GamePair& pair, IsHome is_home) {
  if (is_home(pair.first)) return pair.first;
  if (pair.second && is_home(*pair.second)) return pair.second;
  return std::nullopt;
}

bool is_guest(const Grid& base, std::size_t row) {
  return text(base, row, kMatchup).find(" @ ") != std::string::npos;
}

std::optional<std::size_t> home_by_matchup(const Grid& base, const GamePair& pair) {
  const auto first = parse_matchup(text(base, pair.first, kMatchup));
  if (!first) return std::nullopt;
  if (pair.second) {
    // At a neutral site both rows say that they are guests.
    const auto second = parse_matchup(text(base, *pair.second, kMatchup));
    if (second && (second->home != first->home ||
                   is_guest(base, pair.first) == is_guest(base, *pair.second))) {
      return std::nullopt;
    }
  }
  return choose(pair,
                [&](std::size_t row) { return text(base, row, kAbbreviation) == first->home; });
}

}  // namespace

std::vector<GamePair> pair_games(const Grid& base, const SeasonFacts& facts) {
  std::vector<GamePair> pairs;
  std::unordered_map<std::string_view, std::size_t> pair_of;
  for (std::size_t row = 0; row < base.size(); ++row) {
    const std::string& game = text(base, row, kGameId);
    const auto [known, is_new] = pair_of.emplace(game, pairs.size());
    if (is_new) {
      pairs.push_back({row, std::nullopt, std::nullopt});
    } else if (GamePair& pair = pairs[known->second]; !pair.second) {
      pair.second = row;
    } else {
      throw Error(Errc::kUpstreamMalformed,
                  format("teamgamelogs Base: three rows for game {}", game));
    }
  }
  for (GamePair& pair : pairs) {
    const auto game = facts.games.find(text(base, pair.first, kGameId));
    if (game != facts.games.end() && game->second.is_scheduled) {
      pair.home = choose(pair, [&](std::size_t row) {
        return std::get<std::int64_t>(base.row(row)[kTeamId]) == game->second.home_team;
      });
    }
    if (!pair.home) pair.home = home_by_matchup(base, pair);
  }
  return pairs;
}

}  // namespace nbasync::game_logs
