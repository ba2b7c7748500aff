#include "store/table_sql.hpp"

#include <vector>

#include "base/format.hpp"

namespace nbasync::table_sql {

bool is_compared(const Column& column) {
  return !column.key && column.on_update != OnUpdate::kInsertOnly;
}

std::string select(const Table& table, std::span<const Column> columns, std::string_view where) {
  auto names = key_names(columns);
  for (const Column& column : columns) {
    if (is_compared(column)) names.push_back(column.name);
  }
  return format("SELECT {} FROM {} WHERE {}", joined(names), table.name, where);
}

std::string key_is(std::span<const Column> columns) {
  std::string where;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!columns[c].key) continue;
    where += format("{}{} IS ?{}", where.empty() ? "" : " AND ", columns[c].name, c + 1);
  }
  return where;
}

std::string insert(const Table& table, std::span<const Column> columns,
                   std::span<const StoredColumn> stored) {
  std::string names;
  std::string values;
  std::vector<std::string_view> given;
  const auto add = [&](std::string_view name, const std::string& value) {
    names += format("{}\"{}\"", names.empty() ? "" : ", ", name);
    values += (values.empty() ? "" : ", ") + value;
    given.push_back(name);
  };
  for (std::size_t c = 0; c < columns.size(); ++c) add(columns[c].name, format("?{}", c + 1));
  for (const std::string_view time : {table.stamp, table.created}) {
    if (!time.empty()) add(time, format("?{}", columns.size() + 1));
  }
  for (const StoredColumn& column : stored) {
    bool is_given = false;
    for (const auto name : given) is_given = is_given || same_name(name, column.name);
    if (is_given || !column.not_null || column.has_default) continue;
    add(column.name, holds_numbers(column) ? "0" : "''");
  }
  return format("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO NOTHING", table.name, names,
                values, joined(key_names(columns)));
}

std::string update(const Table& table, std::span<const Column> columns) {
  std::string sets;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Column& column = columns[c];
    if (!is_compared(column)) continue;
    const bool keep = column.on_update == OnUpdate::kKeepIfNull;
    sets += sets.empty() ? "" : ", ";
    sets += keep ? format("{0} = coalesce(?{1}, {0})", column.name, c + 1)
                 : format("{} = ?{}", column.name, c + 1);
  }
  if (sets.empty()) return {};
  if (!table.stamp.empty()) sets += format(", {} = ?{}", table.stamp, columns.size() + 1);
  return format("UPDATE {} SET {} WHERE {}", table.name, sets, key_is(columns));
}

std::string remove(const Table& table, std::span<const Column> columns) {
  return format("DELETE FROM {} WHERE {}", table.name, key_is(columns));
}

}  // namespace nbasync::table_sql
