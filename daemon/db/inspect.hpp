#pragma once

#include <string>

namespace nbasync {

// Looks at a file that may be there, before anything could be written to it. Throws Error and
// SQLite::Exception for one that is no database, is damaged, or has a schema newer than ours.
// `timeout` is in milliseconds: how long other programs are waited for.
void inspect_database(const std::string& path, int timeout);

// Makes the file if there is none, and gives it a write-ahead log. Throws the same.
void make_database(const std::string& path, int timeout);

}  // namespace nbasync
