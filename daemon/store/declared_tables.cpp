#include "store/declared_tables.hpp"

#include "dataset/catalog.hpp"
#include "dataset/dictionary.hpp"
#include "store/changes_table.hpp"
#include "store/columns_table.hpp"
#include "store/memory.hpp"
#include "store/schedule_store.hpp"
#include "store/sync_log_table.hpp"

namespace nbasync::declared {
namespace {

constexpr const char* kIndexes[] = {
    "CREATE INDEX IF NOT EXISTS nbasync_games_season ON games (season, game_date)",
    "CREATE INDEX IF NOT EXISTS nbasync_games_date ON games (game_date)",
    "CREATE INDEX IF NOT EXISTS nbasync_game_logs_season ON team_game_logs (season)",
    "CREATE INDEX IF NOT EXISTS nbasync_game_logs_team ON team_game_logs (team_id, game_date)",
    "CREATE INDEX IF NOT EXISTS nbasync_game_logs_date ON team_game_logs (game_date)",
    "CREATE INDEX IF NOT EXISTS nbasync_player_logs_season ON player_game_logs (season)",
    "CREATE INDEX IF NOT EXISTS nbasync_player_logs_date ON player_game_logs (game_date)",
    "CREATE INDEX IF NOT EXISTS nbasync_player_days ON player_game_logs (player_id, game_date)",
    "CREATE INDEX IF NOT EXISTS nbasync_player_stats_season ON player_season_stats (season)",
    "CREATE INDEX IF NOT EXISTS nbasync_todays_games_date ON todays_games (game_date)",
};

constexpr OwnColumn kMetaColumns[] = {{"key", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT"}};
constexpr OwnTable kMeta = {"nbasync_meta", kMetaColumns};

}  // namespace

const OwnTable& meta_table() { return kMeta; }

std::vector<const Table*> tables() {
  const auto all = nbasync::tables();
  std::vector<const Table*> result(all.begin(), all.end());
  result.push_back(&kMemoryTable);
  result.push_back(&kColumnsTable);
  return result;
}

std::vector<const OwnTable*> own_tables() {
  std::vector<const OwnTable*> result = {&kMeta, &sync_log_table(), &changes_table()};
  for (const OwnTable& table : schedule_tables()) result.push_back(&table);
  return result;
}

WholeTable whole(const Table& table) { return {table.name, all_columns(table)}; }

WholeTable whole(const OwnTable& table) {
  WholeTable result{table.name, {}};
  for (const OwnColumn& column : table.columns) {
    result.columns.push_back({column.name, declared_type(column), is_key(column)});
    result.is_numbered = result.is_numbered || is_numbered(column);
  }
  return result;
}

std::vector<WholeTable> whole_tables() {
  std::vector<WholeTable> result;
  for (const Table* table : tables()) {
    if (table != &kColumnsTable) result.push_back(whole(*table));
  }
  for (const OwnTable* table : own_tables()) result.push_back(whole(*table));
  return result;
}

std::span<const char* const> indexes() { return kIndexes; }

}  // namespace nbasync::declared
