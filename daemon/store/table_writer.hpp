#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "dataset/row_index.hpp"
#include "store/prepared.hpp"
#include "store/store.hpp"

namespace nbasync {

// Brings rows of one table in step with a change, writing only what differs. Holds the prepared
// statements for one set of columns. Call it within a transaction; throws SQLite::Exception and
// Error.
class TableWriter {
 public:
  TableWriter(SQLite::Database& db, const Table& table, std::span<const Column> columns);

  // `now` goes into the stamp of each row that is written. Throws Error(kUpstreamEmpty) if a
  // complete change has no rows where the table has, and Error(kCancelled) soon after a stop
  // request.
  ChangeCounts apply(const TableChange& change, const std::string& now,
                     const std::stop_token& stop);

 private:
  // Rows of the scope compared with the change's.
  struct Comparison {
    std::vector<bool> seen;                // by row of the change
    std::vector<std::size_t> changed;      // rows of the change
    std::vector<std::vector<Value>> gone;  // keys of rows that the change does not have
    std::int64_t unchanged = 0;
  };

  Comparison compare(const TableChange& change, const std::stop_token& stop);
  bool differs(Prepared& stored, std::span<const Value> row) const;
  // A row that is not in the scope: new, or there with another scope's values.
  void put(std::span<const Value> row, const std::string& now, ChangeCounts& counts);
  void update(std::span<const Value> row, const std::string& now);
  const Value& value_to_insert(std::span<const Value> row, std::size_t column) const;
  const Value& value_to_update(std::span<const Value> row, std::size_t column) const;
  void bind_key(Prepared& statement, std::span<const Value> row);
  void bind_stamp(Prepared& statement, const std::string& now);

  std::string table_;
  bool has_stamp_;
  std::vector<Column> columns_;
  std::vector<std::size_t> keys_;      // positions in columns_
  std::vector<std::size_t> compared_;  // those that an update may change
  std::vector<Value> stand_ins_;       // by column: for NULL where the file forbids it

  Prepared scan_;  // keys, then compared columns, of the scope's rows
  Prepared find_;  // the same of one row
  Prepared insert_;
  std::optional<Prepared> update_;
  Prepared remove_;
};

}  // namespace nbasync
