#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "copy/table_copy.hpp"
#include "db/database.hpp"
#include "postgres/postgres_connection.hpp"

namespace nbasync {

// A file and a PostgreSQL, both of which the caller has locked. One transaction, and what was
// written is read again before it is committed: all is copied, or nothing. Blocking. Throws Error.
class DatabaseCopy {
 public:
  // All outlive it. `guard`: a statement for the server that fails if its lock was lost.
  DatabaseCopy(const Database& file, PostgresConnection& server, const std::string& server_name,
               std::function<std::string()> guard, std::stop_token stop);

  // Both are brought up to date first, as a daemon does it at its start. Tables of where the rows
  // go must be empty, or not there; nothing is changed if one is not.
  CopyReport to_server();
  CopyReport to_file();

 private:
  void require_lock();

  std::unique_ptr<Connection> file_;
  PostgresConnection& server_;
  std::function<std::string()> guard_;
  std::stop_token stop_;
  Side file_side_;
  Side server_side_;
};

}  // namespace nbasync
