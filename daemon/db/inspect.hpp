#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "db/connection.hpp"

namespace nbasync {

// Looks at a file that may be there, before anything could be written to it. Throws Error and
// SQLite::Exception for one that is no database, is damaged, or has a schema newer than ours.
// `timeout` is in milliseconds: how long other programs are waited for.
// Of a file larger than `checked_whole` bytes only the schema is checked; see check_whole.
void inspect_database(const std::string& path, int timeout, std::uintmax_t checked_whole);

// The rest of that: reads the whole file, which may take seconds. Throws Error.
void check_whole(Connection& connection, const std::string& path, const std::stop_token& stop);

// Makes the file if there is none, and gives it a write-ahead log. Throws the same.
void make_database(const std::string& path, int timeout);

}  // namespace nbasync
