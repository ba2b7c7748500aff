#include "store/database.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/format.hpp"

namespace nbasync {
namespace {

constexpr int kWriterFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

// Looks at an existing file through a read-only connection, before anything could be written to it.
void inspect(const std::string& path, int newest_version, std::chrono::milliseconds timeout) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path, none);
  if (none || size == 0) return;
  SQLite::Database db(path, SQLite::OPEN_READONLY, static_cast<int>(timeout.count()));
  const int version = db.execAndGet("PRAGMA user_version").getInt();
  if (version > newest_version) {
    throw Error(Errc::kStorageNewer,
                format("database {}: has schema version {}, this program knows {}; install the "
                       "newer program, or name another database",
                       path, version, newest_version));
  }
  const std::string verdict = db.execAndGet("PRAGMA quick_check(1)").getString();
  if (verdict != "ok") throw damaged(path, verdict);
}

SQLite::Database open(const std::string& path, int newest_version,
                      std::chrono::milliseconds timeout) {
  try {
    inspect(path, newest_version, timeout);
    return {path, kWriterFlags};
  } catch (const SQLite::Exception& error) {
    throw as_error(error, path, 0, timeout);
  }
}

}  // namespace

Database::Database(const std::string& path, const StoreOptions& options, int newest_version)
    : path_(path),
      busy_(options.busy_timeout),
      connection_(open(path, newest_version, options.busy_timeout)) {
  sqlite3_busy_handler(connection_.getHandle(), &BusyWait::handle, &busy_);
  guarded({}, [&] { configure(options.synchronous_full); });
}

void Database::configure(bool synchronous_full) {
  if (sqlite3_db_readonly(connection_.getHandle(), "main") == 1) {
    throw SQLite::Exception("read-only", SQLITE_READONLY);
  }
  connection_.exec(synchronous_full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  connection_.exec("PRAGMA trusted_schema = OFF");
  // A season's largest table fits: a transaction need not spill into the log before its end.
  connection_.exec("PRAGMA cache_size = -8192");
  const std::string mode = connection_.execAndGet("PRAGMA journal_mode = WAL").getString();
  if (mode != "wal" && mode != "memory") {
    throw Error(Errc::kStorage, format("database {}: cannot have a write-ahead log here, only {}; "
                                       "is it on a network file system?",
                                       path_, mode));
  }
}

std::int64_t Database::checkpoint() {
  sqlite3* db = connection_.getHandle();
  sqlite3_busy_handler(db, nullptr, nullptr);
  const int code =
      sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_handler(db, &BusyWait::handle, &busy_);
  sqlite3_db_release_memory(db);
  if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_LOCKED) {
    throw translated(SQLite::Exception(db, code));
  }
  std::error_code none;
  const auto size = std::filesystem::file_size(path_ + "-wal", none);
  return none ? 0 : static_cast<std::int64_t>(size);
}

Error Database::translated(const SQLite::Exception& error) const {
  const int last = errno;  // SQLite does not keep that of a failed commit
  if (busy_.stopped() && (error.getErrorCode() & 0xff) == SQLITE_BUSY) {
    return {Errc::kCancelled,
            format("database {}: cancelled while another program held it", path_)};
  }
  const int kept = sqlite3_system_errno(connection_.getHandle());
  const bool is_io = (error.getErrorCode() & 0xff) == SQLITE_IOERR;
  return as_error(error, path_, kept == 0 && is_io ? last : kept, busy_.timeout());
}

}  // namespace nbasync
