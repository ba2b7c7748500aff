#pragma once

#include <span>
#include <string>

#include "db/stored_column.hpp"

// The statements that follow from tables and columns. Column i of `columns` is parameter $(i + 1),
// the stamp the one after the last.
namespace nbasync::table_sql {

// Whether an update may change this column.
bool is_compared(const Column& column);

// The names of the key's columns; and of all.
std::vector<std::string_view> key_names(std::span<const Column> columns);
std::vector<std::string_view> names(std::span<const Column> columns);

// "a, b, c".
std::string joined(std::span<const std::string_view> names);

// Keys, then the columns that an update may change.
std::string select(const Table& table, std::span<const Column> columns, std::string_view where);

// "k1 IS NOT DISTINCT FROM $1 AND …", where the key's columns are numbered by their place in
// `columns`: rows of the predecessor may have NULL in a key.
std::string key_is(std::span<const Column> columns);

// The same, with the values of the key alone.
std::string key_alone_is(std::span<const Column> columns);

// "k1 IN ($1, $2)", or "k1 IN ($1, $3) AND (k1, k2) IN (VALUES ($1, $2), ($3, $4))": so many keys,
// found by an index.
std::string key_in(std::span<const Column> columns, std::size_t count);

// Columns of the file that we do not know, but which must not be NULL, are given 0 or ''.
std::string insert(const Table& table, std::span<const Column> columns,
                   std::span<const StoredColumn> stored);

// Empty if no column may change.
std::string update(const Table& table, std::span<const Column> columns);

// Of the row with this key: its parts are $1, $2, ….
std::string remove(const Table& table, std::span<const Column> columns);

}  // namespace nbasync::table_sql
