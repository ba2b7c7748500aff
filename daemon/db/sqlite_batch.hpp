#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <memory>
#include <stop_token>
#include <string>

#include "db/batch.hpp"
#include "db/sqlite_columns.hpp"

namespace nbasync {

// Writes batches over one connection; keeps the statements of each table. Call it within a
// transaction. Throws SQLite::Exception, and Error(kCancelled) soon after a stop request.
class SqliteBatchWriter {
 public:
  // Both must outlive it.
  SqliteBatchWriter(SQLite::Database& db, SqliteColumns& columns);
  ~SqliteBatchWriter();
  SqliteBatchWriter(const SqliteBatchWriter&) = delete;
  SqliteBatchWriter& operator=(const SqliteBatchWriter&) = delete;

  void write(const Batch& batch, const std::stop_token& stop);

 private:
  struct Statements;

  Statements& statements_of(const TableBatch& batch);

  SQLite::Database& db_;
  SqliteColumns& columns_;
  std::map<std::string, std::unique_ptr<Statements>> statements_;  // by table and columns
};

}  // namespace nbasync
