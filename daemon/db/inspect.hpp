#pragma once

#include <stop_token>
#include <string>

#include "db/connection.hpp"

namespace nbasync {

// Looks at a file that may be there, before anything could be written to it. Throws Error and
// SQLite::Exception for one that is no database, whose schema is damaged or newer than ours.
// `timeout` is in milliseconds: how long other programs are waited for.
// Returns whether it is known to be whole: one that has a write-ahead log can be opened without
// writing to it, and is read later.
bool inspect_database(const std::string& path, int timeout);

// Reads the whole file, which may take seconds. Throws FileCheck::Damage for one that is damaged,
// Error for one that cannot be read now.
void check_whole(Connection& connection, const std::string& path, const std::stop_token& stop);

// Makes the file if there is none, and gives it a write-ahead log. Throws the same as a look.
void make_database(const std::string& path, int timeout);

}  // namespace nbasync
