#include "store/migrations.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "store/answer_hashes.hpp"
#include "store/schedule_store.hpp"
#include "store/sql.hpp"
#include "store/sync_log_table.hpp"

namespace nbasync {
namespace {

// What the queries ask for.
constexpr const char* kIndexes[] = {
    "CREATE INDEX IF NOT EXISTS nbasync_games_season ON games (season, game_date)",
    "CREATE INDEX IF NOT EXISTS nbasync_games_date ON games (game_date)",
    "CREATE INDEX IF NOT EXISTS nbasync_game_logs_season ON team_game_logs (season)",
    "CREATE INDEX IF NOT EXISTS nbasync_game_logs_team ON team_game_logs (team_id, game_date)",
    "CREATE INDEX IF NOT EXISTS nbasync_todays_games_date ON todays_games (game_date)",
};

void add_missing_columns(SQLite::Database& db, const Table& table,
                         std::span<const StoredColumn> stored) {
  const auto add = [&](std::string_view name, Type type) {
    if (name.empty() || find_column(stored, name)) return;
    db.exec(format("ALTER TABLE {} ADD COLUMN {} {}", table.name, name, sql_type(type)));
  };
  for (const Column& column : table.columns) add(column.name, column.type);
  add(table.created, Type::kText);
  add(table.stamp, Type::kText);
}

// Whether these are the names of the key, in whatever order.
bool is_key(std::vector<std::string> names, const Table& table) {
  const auto key = key_names(table.columns);
  return std::is_permutation(names.begin(), names.end(), key.begin(), key.end(), same_name);
}

bool key_is_unique(const SQLite::Database& db, const Table& table) {
  std::vector<std::string> primary;
  for (const StoredColumn& column : stored_columns(db, table.name)) {
    if (column.key > 0) primary.push_back(column.name);
  }
  if (is_key(primary, table)) return true;

  SQLite::Statement indexes(
      db, "SELECT name FROM pragma_index_list(?) WHERE \"unique\" AND NOT partial");
  indexes.bind(1, std::string(table.name));
  while (indexes.executeStep()) {
    SQLite::Statement info(db, "SELECT coalesce(name, '') FROM pragma_index_info(?)");
    info.bind(1, indexes.getColumn(0).getString());
    std::vector<std::string> names;
    while (info.executeStep()) names.push_back(info.getColumn(0).getString());
    if (is_key(names, table)) return true;
  }
  return false;
}

void make_key_unique(SQLite::Database& db, const Table& table) {
  const std::string key = joined(key_names(table.columns));
  try {
    db.exec(format("CREATE UNIQUE INDEX nbasync_{0}_key ON {0} ({1})", table.name, key));
  } catch (const SQLite::Exception& error) {
    if ((error.getErrorCode() & 0xff) != SQLITE_CONSTRAINT) throw;
    throw Error(Errc::kStorage,
                format("database: table {} has more than one row for the same key ({}); remove the "
                       "duplicates, nothing was changed",
                       table.name, key));
  }
}

}  // namespace

void migrate(SQLite::Database& db) {
  for (const Table* table : tables()) {
    const auto stored = stored_columns(db, table->name);
    if (stored.empty()) {
      db.exec(create_table(*table));
    } else {
      add_missing_columns(db, *table, stored);
      if (!key_is_unique(db, *table)) make_key_unique(db, *table);
    }
  }
  migrate_sync_log(db);
  db.exec(AnswerHashes::kCreateTable);
  db.exec(ScheduleStore::kCreateTables);
  for (const char* index : kIndexes) db.exec(index);
  db.exec(format("PRAGMA user_version = {}", kSchemaVersion));
}

}  // namespace nbasync
