#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <memory>
#include <string>

#include "dataset/dataset.hpp"

namespace nbasync {

// A prepared statement for loops over whole tables: SQLite::Statement copies a shared pointer for
// each cell, which took more time than reading the cell. Throws SQLite::Exception.
class Prepared {
 public:
  Prepared(SQLite::Database& db, const std::string& sql);

  // Text is not copied: it must live until the next reset or bind.
  void bind(int index, const Value& value);
  void bind(int index, const std::string& text);

  // True: there is a row.
  bool step();
  void reset() noexcept { sqlite3_reset(statement_.get()); }

  // A cell of the row, valid until the next step.
  sqlite3_value* column(int index) const { return sqlite3_column_value(statement_.get(), index); }

  int columns() const { return sqlite3_column_count(statement_.get()); }
  const char* name(int index) const { return sqlite3_column_name(statement_.get(), index); }

  // Runs a statement without rows; returns how many rows it changed.
  int run();

 private:
  void check(int code) const;

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  sqlite3* db_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Resets a statement at the end of a block, so that no transaction ends with it open.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(Prepared& statement) : statement_(statement) {}
  ~ResetAtEnd() { statement_.reset(); }
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;

 private:
  Prepared& statement_;
};

}  // namespace nbasync
