#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/dataset.hpp"

// The SQL that follows from tables and columns, and what the database says of its own.
namespace nbasync {

std::string_view sql_type(Type type);

// CREATE TABLE with the columns of `table`, its stamp and creation time, and its key as primary
// key.
std::string create_table(const Table& table);

// The names of the key's columns.
std::vector<std::string_view> key_names(std::span<const Column> columns);

// "a, b, c".
std::string joined(std::span<const std::string_view> names);

// A column as the file has it.
struct StoredColumn {
  std::string name;
  std::string type;  // as declared
  bool not_null = false;
  bool has_default = false;
  int key = 0;  // position in the primary key, from 1; 0: not in it
};

// Empty if there is no such table.
std::vector<StoredColumn> stored_columns(const SQLite::Database& db, std::string_view table);

// SQLite's own comparison of names: ASCII letters of either case are the same.
bool same_name(std::string_view one, std::string_view other);

// Null if it is not there.
const StoredColumn* find_column(std::span<const StoredColumn> columns, std::string_view name);

// Whether an INTEGER, REAL, NUMERIC column: what a NOT NULL column without default is given is 0 or
// ''.
bool holds_numbers(const StoredColumn& column);

}  // namespace nbasync
