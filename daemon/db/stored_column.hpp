#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/dataset.hpp"

namespace nbasync {

// A column as the database has it.
struct StoredColumn {
  std::string name;
  std::string type;  // as declared
  bool not_null = false;
  bool has_default = false;
  int key = 0;  // position in the primary key, from 1; 0: not in it
};

// As SQLite compares names: ASCII letters of either case are the same.
bool same_name(std::string_view one, std::string_view other);

// Null if it is not there.
const StoredColumn* find_column(std::span<const StoredColumn> columns, std::string_view name);

// What a column that must not be NULL, and has no default, is given instead: 0 or ''.
Value stand_in(const StoredColumn& column);

// For each of `columns` its stand-in; NULL where the database takes NULL.
std::vector<Value> stand_ins(std::span<const Column> columns, std::span<const StoredColumn> stored);

}  // namespace nbasync
