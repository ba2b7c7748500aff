#pragma once

#include <span>
#include <string>
#include <string_view>

#include "db/connection.hpp"

namespace nbasync {

struct OwnColumn {
  std::string_view name;
  std::string_view declaration;  // "TEXT NOT NULL PRIMARY KEY"
};

// A table that the daemon keeps for itself: no dataset writes it. Static data.
struct OwnTable {
  std::string_view name;
  std::span<const OwnColumn> columns;
  std::string_view indexes = {};  // statements that make them, each ended by ';'
};

// What a declaration says.
Type declared_type(const OwnColumn& column);
bool is_key(const OwnColumn& column);       // alone the table's
bool is_numbered(const OwnColumn& column);  // a key that the database gives: the next number

// CREATE TABLE and its indexes: what a new database gets.
std::string create_own_table(const OwnTable& table);

// Makes the table, or the columns and indexes that it lacks. Within a transaction. Throws Error.
void bring_own_table(Connection& connection, const OwnTable& table);

}  // namespace nbasync
