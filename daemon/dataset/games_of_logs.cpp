#include "dataset/games_of_logs.hpp"

#include <array>
#include <string>

#include "dataset/columns.hpp"
#include "dataset/derive.hpp"
#include "dataset/game_logs_columns.hpp"
#include "dataset/value.hpp"

namespace nbasync::game_logs {
namespace {

constexpr std::array kGameColumns = {
    Column{"id", Type::kText, true},
    Column{"season", Type::kText, false, OnUpdate::kInsertOnly},
    Column{"game_date", Type::kText, false, OnUpdate::kInsertOnly},
    Column{"home_team_id", Type::kInteger, false, OnUpdate::kInsertOnly},
    Column{"away_team_id", Type::kInteger, false, OnUpdate::kInsertOnly},
    Column{"home_score", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"away_score", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"actual_total_points", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"game_pace", Type::kReal, false, OnUpdate::kKeepIfNull},
    Column{"status", Type::kText, false, OnUpdate::kInsertOnly},
    Column{"game_type", Type::kText, false, OnUpdate::kInsertOnly},
};

constexpr std::size_t kScore = position(kColumns, "team_pts");
constexpr std::size_t kTeam = position(kColumns, "team_id");

}  // namespace

Rows games_of_logs(const Rows& logs, std::span<const GamePair> pairs) {
  Rows games{kGameColumns, {}};
  for (const GamePair& pair : pairs) {
    if (!pair.second) continue;
    const Value* first = &logs.cells[pair.first * kWidth];
    const Value* second = &logs.cells[*pair.second * kWidth];
    games.cells.resize(games.cells.size() + kGameColumns.size());
    Value* game = &games.cells[games.cells.size() - kGameColumns.size()];
    game[position(kGameColumns, "id")] = first[position(kColumns, "game_id")];
    game[position(kGameColumns, "season")] = first[position(kColumns, "season")];
    game[position(kGameColumns, "game_date")] = first[position(kColumns, "game_date")];
    game[position(kGameColumns, "game_type")] = first[position(kColumns, "game_type")];
    game[position(kGameColumns, "actual_total_points")] = sum(first[kScore], second[kScore]);
    const Value paces[] = {first[position(kColumns, "pace")], second[position(kColumns, "pace")]};
    game[position(kGameColumns, "game_pace")] = mean(paces, 2);
    const bool over = !is_null(first[position(kColumns, "win_loss")]) &&
                      !is_null(second[position(kColumns, "win_loss")]);
    game[position(kGameColumns, "status")] = std::string(over ? "final" : "live");
    if (!pair.home) continue;
    const Value* home = *pair.home == pair.first ? first : second;
    const Value* away = *pair.home == pair.first ? second : first;
    game[position(kGameColumns, "home_team_id")] = home[kTeam];
    game[position(kGameColumns, "away_team_id")] = away[kTeam];
    game[position(kGameColumns, "home_score")] = home[kScore];
    game[position(kGameColumns, "away_score")] = away[kScore];
  }
  return games;
}

}  // namespace nbasync::game_logs
