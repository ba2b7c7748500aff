#pragma once

#include <span>
#include <string>
#include <vector>

#include "dataset/dataset.hpp"
#include "store/own_tables.hpp"

// All that this program needs in a database, whatever engine it is.
namespace nbasync::declared {

// What is known of the database as a whole, by key.
const OwnTable& meta_table();

// Keys of it that tell how the tables are: of this database alone.
inline constexpr const char* kSchemaKey = "schema";    // a fingerprint
inline constexpr const char* kVersionKey = "version";  // where the engine has no place for it

// The tables of datasets, and those that have their form.
std::vector<const Table*> tables();

// The tables that the daemon keeps for itself.
std::vector<const OwnTable*> own_tables();

// A table with all of its columns, whoever writes it.
struct WholeTable {
  std::string_view name;
  std::vector<Column> columns;  // stamp and time of creation among them
  bool is_numbered = false;     // the key is a number, and the database gives the next one
};
WholeTable whole(const Table& table);
WholeTable whole(const OwnTable& table);

// All of tables() and own_tables() but the dictionary: what a copy of the database has to bring.
std::vector<WholeTable> whole_tables();

// Statements that make the indexes that the queries ask for, where they are not there.
std::span<const char* const> indexes();

}  // namespace nbasync::declared
