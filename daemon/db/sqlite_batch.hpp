#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <memory>
#include <stop_token>
#include <string>

#include "db/batch.hpp"
#include "db/sqlite_statement.hpp"
#include "db/stored_column.hpp"

namespace nbasync {

// Writes batches over one connection; keeps the statements of each table. Call it within a
// transaction. Throws SQLite::Exception, and Error(kCancelled) soon after a stop request.
class SqliteBatchWriter {
 public:
  explicit SqliteBatchWriter(SQLite::Database& db);
  ~SqliteBatchWriter();
  SqliteBatchWriter(const SqliteBatchWriter&) = delete;
  SqliteBatchWriter& operator=(const SqliteBatchWriter&) = delete;

  void write(const Batch& batch, const std::stop_token& stop);

 private:
  struct Statements;

  Statements& statements_of(const TableBatch& batch);

  SQLite::Database& db_;
  std::map<std::string, std::unique_ptr<Statements>> statements_;  // by table and columns
};

}  // namespace nbasync
