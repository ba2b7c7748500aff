#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "dataset/dataset.hpp"

namespace nbasync {

// A sum over all cells of a table, whatever the order of its rows: equal sums are equal tables,
// but for an accident of 128 bits.
class TableSum {
 public:
  void add(std::span<const Value> row);

  std::int64_t rows() const { return rows_; }

  bool operator==(const TableSum& other) const {
    return rows_ == other.rows_ && low_ == other.low_ && high_ == other.high_;
  }

 private:
  std::int64_t rows_ = 0;
  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
  std::string bytes_;  // of the row, here only to keep its memory
};

}  // namespace nbasync
