#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dataset/dataset.hpp"

namespace nbasync {

// What is to be written into one table. `rows` outlives it.
struct TableBatch {
  const Table* table = nullptr;
  const Rows* rows = nullptr;
  std::vector<std::vector<Value>> deletes;  // keys, in the order of the table's key columns
  std::vector<std::size_t> updates;         // rows of `rows`
  std::vector<std::size_t> inserts;         // likewise

  bool empty() const { return deletes.empty() && updates.empty() && inserts.empty(); }
};

// What one transaction writes into the data tables; all of it or nothing.
struct Batch {
  std::vector<TableBatch> tables;
  std::string now;  // goes into the stamp of each row that is written

  bool empty() const {
    for (const auto& table : tables) {
      if (!table.empty()) return false;
    }
    return true;
  }
};

}  // namespace nbasync
