#pragma once

#include <stop_token>
#include <string>

#include "db/connection.hpp"

namespace nbasync {

// Writes the database, as it is at one moment, as a file of SQLite at `path`, where nothing is yet:
// of a file a copy without its gaps, with all that is in it (VACUUM INTO), of a PostgreSQL all
// tables that are the daemon's. Nobody waits for it but who asked; on the disk it is when the
// caller says so (fsync). Where it fails, nothing is left there. Blocking; the thread of the
// connection, which reads. Throws Error.
void write_snapshot(Connection& connection, const std::string& path, const std::stop_token& stop);

}  // namespace nbasync
