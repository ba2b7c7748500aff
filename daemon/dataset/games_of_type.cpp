#include "dataset/games_of_type.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/game_id.hpp"

namespace nbasync {

void keep_games_of(SeasonType type, std::vector<Value>& cells, std::size_t width,
                   const std::string& label) {
  std::size_t kept = 0;  // rows
  for (std::size_t r = 0; r * width < cells.size(); ++r) {
    const auto row = cells.begin() + static_cast<std::ptrdiff_t>(r * width);
    const auto& id = std::get<std::string>(*row);
    if (!is_game_id(id)) {
      throw Error(Errc::kUpstreamMalformed, format("{}: row {}, column GAME_ID: '{}' is no game id",
                                                   label, r + 1, excerpt(id)));
    }
    if (!is_nba_game(id) || season_type_of(id) != type) continue;
    const auto to = cells.begin() + static_cast<std::ptrdiff_t>(kept++ * width);
    if (to != row) std::move(row, row + static_cast<std::ptrdiff_t>(width), to);
  }
  cells.resize(kept * width);
}

TableChange lines_of_type(const Table& table, Rows rows, SeasonType type, const SeasonFacts& facts,
                          std::unordered_set<std::string> whole) {
  TableChange change{&table, std::move(rows), {}};
  change.scope = {"season = $1 AND game_id LIKE $2",
                  {facts.season, format("00{}%", names_of(type).digit)},
                  scope_name(table.name, facts, type)};
  change.guard.emplace().may_go = [whole = std::move(whole)](const SeasonFacts& known_by,
                                                             std::span<const Value> key) {
    const auto& game = std::get<std::string>(key[0]);
    if (whole.contains(game)) return true;
    const auto known = known_by.games.find(game);
    return known != known_by.games.end() && known->second.status != "final";
  };
  return change;
}

}  // namespace nbasync
