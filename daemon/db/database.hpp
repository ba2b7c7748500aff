#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "db/connection.hpp"
#include "db/database_options.hpp"

namespace nbasync {

// PRAGMA user_version of a database that has all that this program needs; 0.1 can work with it. The
// predecessor's have 0.
inline constexpr int kSchemaVersion = 2;

// The one owner of the database: whoever reads or writes it got the connection here. Any thread.
class Database {
 public:
  // Makes the file if there is none, in WAL mode. One that is no database, is damaged, or has a
  // schema newer than ours is left byte for byte as it is. Blocking. Throws Error.
  explicit Database(const std::filesystem::path& path, const DatabaseOptions& options = {});

  // A connection of its own for one thread at a time; in WAL mode a reader never waits for a
  // writer, and sees the database as it was when its SELECT began. `busy_timeout`: instead of the
  // options'. Blocking. Throws Error.
  std::unique_ptr<Connection> connect_writer(
      std::optional<std::chrono::milliseconds> busy_timeout = std::nullopt) const;
  std::unique_ptr<Connection> connect_reader() const;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  DatabaseOptions options_;
};

}  // namespace nbasync
