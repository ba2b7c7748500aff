#include "db/inspect.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/database.hpp"
#include "db/file_check.hpp"
#include "db/sqlite_error.hpp"

namespace nbasync {
namespace {

constexpr const char* kQuickCheck = "PRAGMA quick_check(1)";

// Opened for reading, unless a process that was killed has left its journal: what it had begun can
// only be undone by who may write.
SQLite::Database open_to_look(const std::string& path, int timeout) {
  try {
    SQLite::Database db(path, SQLite::OPEN_READONLY, timeout);
    db.execAndGet("PRAGMA user_version");
    return db;
  } catch (const SQLite::Exception& error) {
    if (error.getExtendedErrorCode() != SQLITE_READONLY_ROLLBACK) throw;
  }
  return {path, SQLite::OPEN_READWRITE, timeout};
}

}  // namespace

bool inspect_database(const std::string& path, int timeout) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path, none);
  if (none || size == 0) return true;
  SQLite::Database db = open_to_look(path, timeout);
  const int version = db.execAndGet("PRAGMA user_version").getInt();
  if (version > kSchemaVersion) {
    throw Error(Errc::kStorageNewer,
                format("database {}: has schema version {}, this program knows {}; install the "
                       "newer program, or name another database",
                       path, version, kSchemaVersion));
  }
  const bool has_log = db.execAndGet("PRAGMA journal_mode").getString() == "wal";
  const std::string verdict =
      db.execAndGet(has_log ? "PRAGMA quick_check(sqlite_schema)" : kQuickCheck).getString();
  if (verdict != "ok") throw damaged(path, verdict);
  return !has_log;
}

void check_whole(Connection& connection, const std::string& path, const std::stop_token& stop) {
  std::string verdict;
  connection.each(
      kQuickCheck, {}, [&](const Row& row) { verdict = to_text(row[0]); }, stop);
  if (verdict == "ok") return;
  // SQLite has the same words for a page that the disk did not give; errno is of this call alone.
  if (errno == EIO) throw unreadable(path, errno);
  throw FileCheck::Damage(damaged(path, verdict));
}

void make_database(const std::string& path, int timeout) {
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

}  // namespace nbasync
