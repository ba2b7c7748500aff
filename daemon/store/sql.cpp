#include "store/sql.hpp"

#include <sqlite3.h>

#include <algorithm>

#include "base/format.hpp"

namespace nbasync {

std::string_view sql_type(Type type) {
  switch (type) {
    case Type::kInteger:
      return "INTEGER";
    case Type::kReal:
      return "REAL";
    case Type::kText:
      return "TEXT";
  }
  return "";
}

std::string create_table(const Table& table) {
  std::string sql = format("CREATE TABLE {} (", table.name);
  for (const Column& column : table.columns) {
    sql += format("{} {}{}, ", column.name, sql_type(column.type), column.key ? " NOT NULL" : "");
  }
  for (const std::string_view time : {table.created, table.stamp}) {
    if (!time.empty()) sql += format("{} TEXT, ", time);
  }
  return sql + format("PRIMARY KEY ({}))", joined(key_names(table.columns)));
}

std::vector<std::string_view> key_names(std::span<const Column> columns) {
  std::vector<std::string_view> names;
  for (const Column& column : columns) {
    if (column.key) names.push_back(column.name);
  }
  return names;
}

std::string joined(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) {
    if (!list.empty()) list += ", ";
    list += name;
  }
  return list;
}

std::vector<StoredColumn> stored_columns(const SQLite::Database& db, std::string_view table) {
  SQLite::Statement info(
      db, "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info(?)");
  info.bind(1, std::string(table));
  std::vector<StoredColumn> columns;
  while (info.executeStep()) {
    columns.push_back({info.getColumn(0).getString(), info.getColumn(1).getString(),
                       info.getColumn(2).getInt() != 0, !info.getColumn(3).isNull(),
                       info.getColumn(4).getInt()});
  }
  return columns;
}

bool same_name(std::string_view one, std::string_view other) {
  return one.size() == other.size() &&
         sqlite3_strnicmp(one.data(), other.data(), static_cast<int>(one.size())) == 0;
}

const StoredColumn* find_column(std::span<const StoredColumn> columns, std::string_view name) {
  for (const StoredColumn& column : columns) {
    if (same_name(column.name, name)) return &column;
  }
  return nullptr;
}

bool holds_numbers(const StoredColumn& column) {
  std::string type = column.type;
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  for (const char* word : {"CHAR", "TEXT", "CLOB", "BLOB", "DATE", "TIME"}) {
    if (type.find(word) != std::string::npos) return false;
  }
  return !type.empty();
}

}  // namespace nbasync
