#include "db/stored_column.hpp"

#include <algorithm>

namespace nbasync {
namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

// Whether it is an INTEGER, REAL or NUMERIC column.
bool holds_numbers(const StoredColumn& column) {
  std::string type = column.type;
  std::ranges::transform(type, type.begin(), upper);
  for (const char* word : {"CHAR", "TEXT", "CLOB", "BLOB", "DATE", "TIME"}) {
    if (type.find(word) != std::string::npos) return false;
  }
  return !type.empty();
}

}  // namespace

bool same_name(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, upper, upper);
}

const StoredColumn* find_column(std::span<const StoredColumn> columns, std::string_view name) {
  const auto found = std::ranges::find_if(
      columns, [&](const StoredColumn& column) { return same_name(column.name, name); });
  return found == columns.end() ? nullptr : &*found;
}

Value stand_in(const StoredColumn& column) {
  return holds_numbers(column) ? Value(std::int64_t{0}) : Value(std::string());
}

std::vector<Value> stand_ins(std::span<const Column> columns,
                             std::span<const StoredColumn> stored) {
  std::vector<Value> result;
  for (const Column& column : columns) {
    const StoredColumn* known = find_column(stored, column.name);
    result.push_back(known == nullptr || !known->not_null ? Value() : stand_in(*known));
  }
  return result;
}

}  // namespace nbasync
