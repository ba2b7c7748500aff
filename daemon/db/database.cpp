#include "db/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <system_error>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/sqlite_connection.hpp"
#include "db/sqlite_error.hpp"

namespace nbasync {
namespace {

// Looks at an existing file through a read-only connection, before anything could be written to it.
void inspect(const std::string& path, int timeout) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path, none);
  if (none || size == 0) return;
  SQLite::Database db(path, SQLite::OPEN_READONLY, timeout);
  const int version = db.execAndGet("PRAGMA user_version").getInt();
  if (version > kSchemaVersion) {
    throw Error(Errc::kStorageNewer,
                format("database {}: has schema version {}, this program knows {}; install the "
                       "newer program, or name another database",
                       path, version, kSchemaVersion));
  }
  const std::string verdict = db.execAndGet("PRAGMA quick_check(1)").getString();
  if (verdict != "ok") throw damaged(path, verdict);
}

void make(const std::string& path, int timeout) {
  SQLite::Database db(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, timeout);
  if (sqlite3_db_readonly(db.getHandle(), "main") == 1) {
    throw SQLite::Exception("read-only", SQLITE_READONLY);
  }
  int keep = 1;
  sqlite3_file_control(db.getHandle(), "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
  db.exec("PRAGMA journal_size_limit = 1048576");
  const std::string mode = db.execAndGet("PRAGMA journal_mode = WAL").getString();
  if (mode != "wal") {
    throw Error(Errc::kStorage, format("database {}: cannot have a write-ahead log here, only {}; "
                                       "is it on a network file system?",
                                       path, mode));
  }
}

}  // namespace

Database::Database(const std::filesystem::path& path, const DatabaseOptions& options)
    : path_(path.string()), options_(options) {
  const auto timeout = static_cast<int>(options.busy_timeout.count());
  try {
    inspect(path_, timeout);
    make(path_, timeout);
  } catch (const SQLite::Exception& error) {
    throw as_error(error, path_, 0, options.busy_timeout);
  }
}

std::unique_ptr<Connection> Database::connect_writer(
    std::optional<std::chrono::milliseconds> busy_timeout) const {
  return std::make_unique<SqliteConnection>(path_, SqliteConnection::Access::kWrite,
                                            busy_timeout.value_or(options_.busy_timeout),
                                            options_.synchronous_full);
}

std::unique_ptr<Connection> Database::connect_reader() const {
  return std::make_unique<SqliteConnection>(path_, SqliteConnection::Access::kRead,
                                            options_.reader_busy_timeout, false);
}

}  // namespace nbasync
