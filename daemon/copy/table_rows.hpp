#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "copy/side.hpp"
#include "copy/table_sum.hpp"
#include "store/declared_tables.hpp"

// What one of our tables has, of what is copied: all but the rows that tell how the tables of this
// one database are. Blocking. Throws Error.
namespace nbasync::table_rows {

struct Rows {
  TableSum sum;
  std::int64_t other_texts = 0;  // cells whose text a PostgreSQL does not take as it was
};

// Each row, as values of our columns' types. At the end throws Error(kStorage) if a cell did not
// read as its column's type, or a part of a key was NULL; it names the first.
Rows read(const Side& side, const declared::WholeTable& table, const Side::TakeRow& row);

// 0 if there is no such table.
std::int64_t count(Connection& connection, const declared::WholeTable& table,
                   const std::stop_token& stop);

// What there is in a database whose tables were just made goes. Within a transaction.
void make_room(Connection& connection, const std::stop_token& stop);

// Tables, and columns of our tables, that are not ours: "table odds", "column games.bookmaker".
std::vector<std::string> strangers(Connection& connection, const std::stop_token& stop);

}  // namespace nbasync::table_rows
