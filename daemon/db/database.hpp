#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "db/connection.hpp"
#include "db/database_options.hpp"

namespace nbasync {

class DatabaseFile;
class LockFile;

// PRAGMA user_version of a database that has all that this program needs; 0.1 can work with it. The
// predecessor's have 0.
inline constexpr int kSchemaVersion = 2;

// The one owner of the database: whoever reads or writes it got the connection here. Before a
// connection works, and before and after each commit, the file is compared with the one that its
// path leads to; if that is another one by now (replaced, restored, removed), all connections let
// go of the old file and work on the new one. Any thread.
class Database {
 public:
  // Makes the file if there is none, in WAL mode. One that is no database, is damaged, has a schema
  // newer than ours, or more names (hard links) than one, is left byte for byte as it is. `lock` is
  // held, keeps the file that is open locked, and outlives all connections; without it nothing is
  // locked. Blocking. Throws Error.
  explicit Database(const std::filesystem::path& path, const DatabaseOptions& options = {},
                    LockFile* lock = nullptr);

  // A connection of its own for one thread at a time; in WAL mode a reader never waits for a
  // writer, and sees the database as it was when its SELECT began. `busy_timeout`: instead of the
  // options'. Blocking. Throws Error.
  std::unique_ptr<Connection> connect_writer(
      std::optional<std::chrono::milliseconds> busy_timeout = std::nullopt) const;
  std::unique_ptr<Connection> connect_reader() const;

  // Given a connection that writes to this file, now, and to each file that is opened later, before
  // anybody else works with it. Blocking. Throws Error.
  void prepare(std::function<void(Connection&, const std::stop_token&)> prepare);

  // Told, on the thread that found out, that another file was opened, or could not be: one sentence
  // for people. Instead of the observer before; null for none.
  void observe(std::function<void(const std::string&)> observer);

  const std::string& path() const;

  // Whether the file was so large that it was opened without a check of the whole; see kQuickCheck.
  bool is_checked_later() const;

 private:
  std::shared_ptr<DatabaseFile> file_;  // its connections have it, too
};

}  // namespace nbasync
