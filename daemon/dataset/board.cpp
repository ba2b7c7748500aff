#include "dataset/board.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "dataset/catalog.hpp"
#include "dataset/game_story.hpp"

namespace nbasync {
namespace {

constexpr std::array kBoardColumns = {
    Column{"game_id", Type::kText, true},
    Column{"home_team_score", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"away_team_score", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"game_status_text"},
    Column{"game_status_code", Type::kInteger},
};

}  // namespace

TableChange close_board(const Rows& games, const SeasonFacts& facts) {
  TableChange change{&kTodaysGamesTable, {kBoardColumns, {}}, {}, false, false, false};
  const auto status = games.place("status");
  const auto home = games.place("home_score");
  const auto away = games.place("away_score");
  for (std::size_t r = 0; r < games.size(); ++r) {
    const Value* game = &games.cells[r * games.columns.size()];
    if (game[status] != Value(std::string("final"))) continue;
    const auto shown = facts.board.find(std::get<std::string>(game[0]));
    if (shown == facts.board.end() ||
        read_status(shown->second.code, shown->second.text) == "final") {
      continue;
    }
    auto& cells = change.rows.cells;
    cells.insert(cells.end(), {game[0], game[home], game[away], Value(std::string("Final")),
                               Value(code_of("final"))});
  }
  return change;
}

}  // namespace nbasync
