#include "db/sqlite_batch.hpp"

#include <optional>
#include <span>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/table_sql.hpp"
#include "db/unique_conflicts.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kRowsBetweenChecks = 64;  // for a stop request

}  // namespace

struct SqliteBatchWriter::Statements {
  Statements(SQLite::Database& db, const Table& table, std::span<const Column> columns,
             const std::vector<StoredColumn>& stored)
      : stand_ins(nbasync::stand_ins(columns, stored)),
        insert(db, table_sql::insert(table, columns, stored)),
        remove(db, table_sql::remove(table, columns)),
        conflicts(db, table, columns, stored) {
    const std::string sql = table_sql::update(table, columns);
    if (!sql.empty()) update.emplace(db, sql);
  }

  // Binds a row, and `now` behind it.
  void bind(SqliteStatement& statement, const Rows& rows, std::size_t row, const Value& now,
            bool for_update) {
    const std::size_t width = rows.columns.size();
    for (std::size_t c = 0; c < width; ++c) {
      const Value& value = rows.cells[row * width + c];
      const bool keeps = for_update && rows.columns[c].on_update == OnUpdate::kKeepIfNull;
      statement.bind(static_cast<int>(c + 1), value.index() != 0 || keeps ? value : stand_ins[c]);
    }
    statement.bind(static_cast<int>(width + 1), now);
  }

  std::vector<Value> stand_ins;  // by column: for NULL where the file forbids it
  SqliteStatement insert;
  std::optional<SqliteStatement> update;
  SqliteStatement remove;
  UniqueConflicts conflicts;
};

SqliteBatchWriter::Statements& SqliteBatchWriter::statements_of(const TableBatch& batch) {
  std::string key(batch.table->name);
  for (const Column& column : batch.rows->columns) {
    key += format(" {}{}", column.name, static_cast<int>(column.on_update));
  }
  auto& known = statements_[key];
  if (!known) {
    known = std::make_unique<Statements>(db_, *batch.table, batch.rows->columns,
                                         columns_.of(batch.table->name));
  }
  return *known;
}

SqliteBatchWriter::SqliteBatchWriter(SQLite::Database& db, SqliteColumns& columns)
    : db_(db), columns_(columns) {}

SqliteBatchWriter::~SqliteBatchWriter() = default;

void SqliteBatchWriter::write(const Batch& batch, const std::stop_token& stop) {
  const Value now = batch.now;
  std::size_t rows = 0;
  const auto check = [&] {
    if (++rows % kRowsBetweenChecks == 0 && stop.stop_requested()) {
      throw Error(Errc::kCancelled, "database: cancelled, nothing was changed");
    }
  };
  for (const TableBatch& table : batch.tables) {
    if (table.empty()) continue;
    auto& statements = statements_of(table);
    // First: a key of the predecessor's may have to become free.
    for (const auto& key : table.deletes) {
      check();
      statements.remove.bind(key);
      statements.remove.run();
    }
    statements.conflicts.clear(table);
    for (const std::size_t row : table.updates) {
      check();
      statements.bind(*statements.update, *table.rows, row, now, true);
      statements.update->run();
    }
    for (const std::size_t row : table.inserts) {
      check();
      statements.bind(statements.insert, *table.rows, row, now, false);
      statements.insert.run();
    }
  }
}

}  // namespace nbasync
