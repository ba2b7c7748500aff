#include "dataset/game_grid.hpp"

#include <iterator>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/game_id.hpp"

namespace nbasync {

void keep_games_of(SeasonType type, Grid& grid, const std::string& label) {
  Grid kept{grid.width, {}};
  kept.cells.reserve(grid.cells.size());
  for (std::size_t r = 0; r < grid.size(); ++r) {
    const auto& id = std::get<std::string>(grid.row(r)[0]);
    if (!is_game_id(id)) {
      throw Error(Errc::kUpstreamMalformed, format("{}: row {}, column GAME_ID: '{}' is no game id",
                                                   label, r + 1, excerpt(id)));
    }
    if (!is_nba_game(id) || season_type_of(id) != type) continue;
    const auto cells = std::span(grid.cells).subspan(r * grid.width, grid.width);
    kept.cells.insert(kept.cells.end(), std::make_move_iterator(cells.begin()),
                      std::make_move_iterator(cells.end()));
  }
  grid = std::move(kept);
}

}  // namespace nbasync
