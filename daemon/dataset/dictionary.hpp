#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dataset/dataset.hpp"

// What each column of the datasets' tables, and of the views of them, means, for people. Pure; any
// thread.
namespace nbasync {

// All columns of a table as the database has it, with the times that the store sets.
std::vector<Column> all_columns(const Table& table);

// What the cells of a column say, as a part of a sentence; empty if nobody has said it.
std::string meaning_of(const Column& column);

// A column, described.
struct DictionaryColumn {
  std::string_view name;
  std::string_view type;  // "integer", "number", "text"
  bool is_key = false;    // a part of the table's primary key
  std::string sentence;
  std::string_view unit;
  std::string source;  // upstream's answer and its name there, or how it is made
};

// A table or a view, described.
struct DictionaryTable {
  std::string_view name;
  bool is_view = false;
  std::string sentence;  // what a row is
  std::vector<DictionaryColumn> columns;
};

// All of tables(), in their order, then all of views().
std::vector<DictionaryTable> dictionary();

}  // namespace nbasync
