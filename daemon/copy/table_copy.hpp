#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "copy/side.hpp"
#include "copy/table_rows.hpp"
#include "store/declared_tables.hpp"

namespace nbasync {

// What was copied.
struct CopyReport {
  struct Copied {
    std::string table;
    std::int64_t rows = 0;
    std::int64_t other_texts = 0;  // cells with U+FFFD for what a PostgreSQL does not take
  };
  std::vector<Copied> tables;
  std::vector<std::string> left;  // what is no table or column of ours: "table odds"
};

// All tables of ours, from one database into the other: its steps. Blocking. Throws Error, and then
// the transaction of `to` is to be rolled back.
class TableCopy {
 public:
  TableCopy(Side from, Side to, std::stop_token stop);

  // That no table of `to` has a row, if it is there. Throws Error, which names it and the count.
  void require_empty() const;

  // Within transactions of both: every row.
  void fill();

  // Within the transaction of `to`: reads there what was written, and compares counts and sums.
  void verify() const;

  // The end of what is written: the numbers of rows go on, what is unique is so again.
  void finish();

  // After fill().
  CopyReport report() const;

 private:
  Side from_;
  Side to_;
  std::stop_token stop_;
  std::vector<declared::WholeTable> tables_;
  std::vector<table_rows::Rows> read_;  // what was read, by table
};

}  // namespace nbasync
