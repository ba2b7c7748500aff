#pragma once

#include <span>
#include <vector>

#include "db/batch.hpp"
#include "db/sqlite_statement.hpp"
#include "db/stored_column.hpp"

namespace nbasync {

// Unique indices that a predecessor's table has beside our key: "team_abbreviation UNIQUE". A batch
// whose rows, taken together, obey one may still break it row by row, when two rows exchange their
// values. Within a transaction; the thread of the connection. Members throw SQLite::Exception.
class UniqueConflicts {
 public:
  // Outlived by the database. `columns`: those that are written.
  UniqueConflicts(SQLite::Database& db, const Table& table, std::span<const Column> columns,
                  const std::vector<StoredColumn>& stored);

  // Before the batch's updates and inserts: whoever has a value that one of its rows will have
  // loses it, if it is a row that will be updated itself, and goes, if the answer has no such row.
  void clear(const TableBatch& batch);

 private:
  struct Index {
    std::vector<std::size_t> columns;  // positions
    SqliteStatement holder;            // the key of the row that has these values, if not this key
    SqliteStatement release;
  };

  void clear(Index& index, const TableBatch& batch, std::size_t row);

  std::vector<Value> stand_ins_;
  std::vector<std::size_t> keys_;  // positions
  SqliteStatement remove_;
  std::vector<Index> indexes_;
};

}  // namespace nbasync
