#include "dataset/games_of_type.hpp"

#include <algorithm>

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

}  // namespace nbasync
