#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "db/connection.hpp"

namespace nbasync {

// A prepared statement whose parameters are $1, $2, …. SQLite::Statement copies a shared pointer
// for each cell, which took more time than reading the cell. Throws SQLite::Exception.
class SqliteStatement {
 public:
  SqliteStatement(SQLite::Database& db, std::string_view sql);

  // Text is not copied: it must live until the next reset or bind. What the statement does not name
  // is left out.
  void bind(std::span<const Value> values);
  void bind(int number, const Value& value);

  // True: there is a row.
  bool step();
  void reset() noexcept;

  // The row, valid until the next step.
  Row row();

  // Runs a statement without rows; returns how many rows it changed.
  int run();

 private:
  void check(int code) const;

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  sqlite3* db_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::vector<int> places_;  // of $1, $2, … among SQLite's own numbers; 0: not there
  std::vector<Cell> cells_;
  std::vector<std::string_view> names_;  // empty: not asked for since the last reset
};

// Resets a statement at the end of a block, so that no transaction ends with it open.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(SqliteStatement& statement) : statement_(statement) {}
  ~ResetAtEnd() { statement_.reset(); }
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;

 private:
  SqliteStatement& statement_;
};

}  // namespace nbasync
