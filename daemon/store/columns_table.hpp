#pragma once

#include <stop_token>
#include <string>

#include "dataset/dataset.hpp"
#include "db/connection.hpp"

namespace nbasync {

// The dictionary (dataset/dictionary.hpp) as a table, for who looks into the database with other
// programs. It is made by this program and not by a sync: a copy of the database gets its own.
extern const Table kColumnsTable;

// Its whole text: part of what tells whether the database is up to date.
std::string dictionary_text();

// Writes it anew. Within a transaction. Throws Error.
void write_dictionary(Connection& connection, const std::stop_token& stop);

}  // namespace nbasync
