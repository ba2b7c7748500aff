#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace nbasync {

// A row that a sync would insert, update or delete, cell for cell.
struct RowChange {
  enum class Op { kInsert, kUpdate, kDelete };

  struct Table {
    std::string name;
    std::vector<std::string> columns;
  };
  struct Cell {
    std::size_t column;                                                     // of the table's
    std::variant<std::monostate, std::int64_t, double, std::string> value;  // monostate: NULL
  };

  std::shared_ptr<const Table> table;  // shared by all its rows
  Op op = Op::kInsert;
  std::vector<Cell> key;
  std::vector<Cell> before;  // an update's: what it overwrites; a deleted row's cells
  std::vector<Cell> after;   // an update's: what it writes; a new row's cells
};

// What a dry run would change.
struct RowChanges {
  std::vector<RowChange> rows;
  bool truncated = false;  // there are more; the counts of the run are exact all the same
};

}  // namespace nbasync
