#pragma once

#include <span>
#include <string>

#include "dataset/dataset.hpp"
#include "store/sql.hpp"

// The statements of TableWriter. Column i of `columns` is parameter i + 1, the stamp the one after
// the last.
namespace nbasync::table_sql {

// Keys, then the columns that an update may change.
std::string select(const Table& table, std::span<const Column> columns, std::string_view where);

// "k1 IS ?1 AND k2 IS ?2": IS, because rows of the predecessor may have NULL in a key.
std::string key_is(std::span<const Column> columns);

// Columns of the file that we do not know, but which must not be NULL, are given 0 or ''. A row
// whose key exists is left alone.
std::string insert(const Table& table, std::span<const Column> columns,
                   std::span<const StoredColumn> stored);

// Empty if no column may change.
std::string update(const Table& table, std::span<const Column> columns);

std::string remove(const Table& table, std::span<const Column> columns);

// Whether an update may change this column.
bool is_compared(const Column& column);

}  // namespace nbasync::table_sql
