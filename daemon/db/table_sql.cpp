#include "db/table_sql.hpp"

#include <variant>
#include <vector>

#include "base/format.hpp"

namespace nbasync::table_sql {
namespace {

std::string with_comma(std::string list, std::string_view item) {
  if (!list.empty()) list += ", ";
  return list += item;
}

// `alone`: the values are those of the key, else of all columns.
std::string key_where(std::span<const Column> columns, bool alone) {
  std::string where;
  std::size_t part = 0;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (!columns[c].key) continue;
    ++part;
    where += format("{}{} IS NOT DISTINCT FROM ${}", where.empty() ? "" : " AND ", columns[c].name,
                    alone ? part : c + 1);
  }
  return where;
}

}  // namespace

bool is_compared(const Column& column) {
  return !column.key && column.on_update != OnUpdate::kInsertOnly;
}

std::vector<std::string_view> names(std::span<const Column> columns) {
  std::vector<std::string_view> names;
  for (const Column& column : columns) names.push_back(column.name);
  return names;
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
  for (const std::string_view name : names) list = with_comma(std::move(list), name);
  return list;
}

std::string select(const Table& table, std::span<const Column> columns, std::string_view where) {
  auto names = key_names(columns);
  for (const Column& column : columns) {
    if (is_compared(column)) names.push_back(column.name);
  }
  return format("SELECT {} FROM {} WHERE {}", joined(names), table.name, where);
}

std::string key_is(std::span<const Column> columns) { return key_where(columns, false); }

std::string key_alone_is(std::span<const Column> columns) { return key_where(columns, true); }

std::string key_in(std::span<const Column> columns, std::size_t count) {
  const auto names = key_names(columns);
  std::size_t number = 0;
  std::string firsts;
  std::string keys;
  for (std::size_t k = 0; k < count; ++k) {
    firsts = with_comma(std::move(firsts), format("${}", number + 1));
    std::string key;
    for (std::size_t n = 0; n < names.size(); ++n) key = with_comma(key, format("${}", ++number));
    keys = with_comma(std::move(keys), format("({})", key));
  }
  auto sql = format("{} IN ({})", names.front(), firsts);
  // SQLite takes an index for the first alone, and would read the whole table for the second alone.
  if (names.size() > 1) sql += format(" AND ({}) IN (VALUES {})", joined(names), keys);
  return sql;
}

std::string insert(const Table& table, std::span<const Column> columns,
                   std::span<const StoredColumn> stored) {
  std::string names;
  std::string values;
  std::vector<std::string_view> given;
  const auto add = [&](std::string_view name, const std::string& value) {
    names = with_comma(std::move(names), format("\"{}\"", name));
    values = with_comma(std::move(values), value);
    given.push_back(name);
  };
  for (std::size_t c = 0; c < columns.size(); ++c) add(columns[c].name, format("${}", c + 1));
  for (const std::string_view time : {table.stamp, table.created}) {
    if (!time.empty()) add(time, format("${}", columns.size() + 1));
  }
  for (const StoredColumn& column : stored) {
    bool is_given = false;
    for (const auto name : given) is_given = is_given || same_name(name, column.name);
    if (is_given || !column.not_null || column.has_default) continue;
    add(column.name, std::holds_alternative<std::string>(stand_in(column)) ? "''" : "0");
  }
  return format("INSERT INTO {} ({}) VALUES ({})", table.name, names, values);
}

std::string update(const Table& table, std::span<const Column> columns) {
  std::string sets;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Column& column = columns[c];
    if (!is_compared(column)) continue;
    const bool keep = column.on_update == OnUpdate::kKeepIfNull;
    sets =
        with_comma(std::move(sets), keep ? format("{0} = coalesce(${1}, {0})", column.name, c + 1)
                                         : format("{} = ${}", column.name, c + 1));
  }
  if (sets.empty()) return {};
  if (!table.stamp.empty()) sets += format(", {} = ${}", table.stamp, columns.size() + 1);
  return format("UPDATE {} SET {} WHERE {}", table.name, sets, key_is(columns));
}

std::string remove(const Table& table, std::span<const Column> columns) {
  return format("DELETE FROM {} WHERE {}", table.name, key_alone_is(columns));
}

}  // namespace nbasync::table_sql
