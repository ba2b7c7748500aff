#include "db/sqlite_connection.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/format.hpp"
#include "db/sqlite_error.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kMostStatements = 128;      // kept prepared
constexpr int kOperationsBetweenChecks = 10'000;  // of SQLite's machine: about half a millisecond

SQLite::Database open(const std::string& path, FileUse use, std::chrono::milliseconds timeout) {
  const int mode = use == FileUse::kWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  errno = 0;
  try {
    return {path, mode | SQLITE_OPEN_NOMUTEX};
  } catch (const SQLite::Exception& error) {
    throw as_error(error, path, errno, timeout);
  }
}

}  // namespace

// Runs work; what SQLite throws comes out as Error. Everything ends soon after a stop request.
template <typename Work>
auto SqliteConnection::guarded(const std::stop_token& stop, Work work) {
  errno = 0;  // what is there at an error is the error's
  busy_.obey(stop);
  // A check of the whole file asks the handler below too seldom.
  const std::stop_callback interrupt(stop, [this] { sqlite3_interrupt(db_.getHandle()); });
  const bool checked = stop.stop_possible() || options_.given_up != nullptr;
  sqlite3_progress_handler(
      db_.getHandle(), checked ? kOperationsBetweenChecks : 0,
      [](void* busy) { return static_cast<BusyWait*>(busy)->over() ? 1 : 0; }, &busy_);
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    throw translated(error);
  }
}

SqliteConnection::SqliteConnection(const std::string& path, Options options)
    : path_(path),
      options_(std::move(options)),
      busy_(options_.busy_timeout, options_.given_up),
      db_(open(path, options_.use, options_.busy_timeout)),
      columns_(db_),
      batches_(db_, columns_) {
  sqlite3_busy_handler(db_.getHandle(), &BusyWait::handle, &busy_);
  guarded({}, [&] { configure(); });
}

void SqliteConnection::configure() {
  // KiB. To read few is enough, for the system's cache holds the file; of a season that is written,
  // what has no room is written twice.
  const bool writes = options_.use == FileUse::kWrite;
  db_.exec(writes ? "PRAGMA cache_size = -4096" : "PRAGMA cache_size = -1024");
  if (!writes) {
    db_.exec("PRAGMA query_only = ON");
    db_.exec("PRAGMA trusted_schema = OFF");
    return;
  }
  if (sqlite3_db_readonly(db_.getHandle(), "main") == 1) {
    throw SQLite::Exception("read-only", SQLITE_READONLY);
  }
  // Triggers that a user added may use what only a trusted schema may: full-text tables.
  db_.exec("PRAGMA trusted_schema = ON");
  db_.exec(options_.synchronous_full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  // The log and its index stay when the last connection closes: otherwise a member of the group,
  // who cannot make them, could not read the file of a stopped daemon.
  int keep = 1;
  sqlite3_file_control(db_.getHandle(), "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
  db_.exec("PRAGMA journal_size_limit = 1048576");  // or else it would keep its size, too
}

// Holds the write lock from the beginning. Commits if `work` returns true.
template <typename Work>
void SqliteConnection::in_transaction(const std::stop_token& stop, Work work) {
  guarded(stop, [&] {
    SQLite::Transaction transaction(db_, SQLite::TransactionBehavior::IMMEDIATE);
    struct Forget {
      SqliteColumns* columns;
      ~Forget() {
        if (columns != nullptr) columns->forget();
      }
    } unless_committed{&columns_};
    try {
      if (!work()) return;
      if (options_.check) options_.check();
      transaction.commit();
      unless_committed.columns = nullptr;
    } catch (const SQLite::Exception& error) {
      throw translated(error);  // here already, because the rollback would hide the system's error
    }
    if (options_.check) options_.check();
  });
}

SqliteStatement& SqliteConnection::prepared(std::string_view sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return known->second;
  if (statements_.size() >= kMostStatements) statements_.clear();
  return statements_.try_emplace(std::string(sql), db_, sql).first->second;
}

std::int64_t SqliteConnection::run(std::string_view sql, std::span<const Value> values,
                                   const std::stop_token& stop) {
  return guarded(stop, [&]() -> std::int64_t {
    SqliteStatement& statement = prepared(sql);
    statement.bind(values);
    return statement.run();
  });
}

void SqliteConnection::each(std::string_view sql, std::span<const Value> values,
                            const std::function<void(Row)>& row, const std::stop_token& stop) {
  guarded(stop, [&] {
    SqliteStatement& statement = prepared(sql);
    const ResetAtEnd reset(statement);
    statement.bind(values);
    while (statement.step()) row(statement.row());
  });
}

std::vector<StoredColumn> SqliteConnection::columns_of(std::string_view table,
                                                       const std::stop_token& stop) {
  return guarded(stop, [&] { return columns_.of(table); });
}

std::vector<std::string> SqliteConnection::tables(const std::stop_token& stop) {
  std::vector<std::string> names;
  each(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE "
      "'^' ORDER BY name",
      {}, [&](const Row& row) { names.push_back(to_text(row[0])); }, stop);
  return names;
}

void SqliteConnection::transaction(const std::function<void()>& work, const std::stop_token& stop) {
  in_transaction(stop, [&] {
    work();
    return true;
  });
}

void SqliteConnection::rehearse(const std::function<void()>& work, const std::stop_token& stop) {
  in_transaction(stop, [&] {
    rehearsing_ = true;
    try {
      work();
    } catch (...) {
      rehearsing_ = false;
      throw;
    }
    rehearsing_ = false;
    return false;
  });
}

void SqliteConnection::change(const std::function<Batch()>& difference,
                              const std::stop_token& stop) {
  if (rehearsing_) {
    const Batch batch = difference();
    guarded(stop, [&] { batches_.write(batch, stop); });
    return;
  }
  const auto seen = data_version(stop);
  Batch batch = difference();
  if (batch.empty()) return;
  in_transaction(stop, [&] {
    // Whoever wrote since may have changed what was compared.
    if (data_version(stop) != seen) batch = difference();
    batches_.write(batch, stop);
    return true;
  });
}

// Another number when another connection has committed in between.
std::int64_t SqliteConnection::data_version(const std::stop_token& stop) {
  return guarded(stop, [&] {
    auto& statement = prepared("PRAGMA data_version");
    const ResetAtEnd reset(statement);
    statement.step();
    return to_integer(statement.row()[0]);
  });
}

void SqliteConnection::leave_log() noexcept {
  sqlite3_db_config(db_.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

std::int64_t SqliteConnection::checkpoint() {
  sqlite3* db = db_.getHandle();
  sqlite3_busy_handler(db, nullptr, nullptr);
  const int code =
      sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_handler(db, &BusyWait::handle, &busy_);
  if (code != SQLITE_OK && code != SQLITE_BUSY && code != SQLITE_LOCKED) {
    throw translated(SQLite::Exception(db, code));
  }
  std::error_code none;
  const auto size = std::filesystem::file_size(path_ + "-wal", none);
  return none ? 0 : static_cast<std::int64_t>(size);
}

Error SqliteConnection::translated(const SQLite::Exception& error) const {
  const int last = errno;  // SQLite does not keep that of a failed commit
  const int code = error.getErrorCode() & 0xff;
  if (busy_.given_up() && (code == SQLITE_BUSY || code == SQLITE_INTERRUPT)) {
    return {Errc::kStorageReplaced,
            format("database {}: it is being opened anew; ask again", path_)};
  }
  if (busy_.stopped() && (code == SQLITE_BUSY || code == SQLITE_INTERRUPT)) {
    return {Errc::kCancelled, format("database {}: cancelled", path_)};
  }
  const int kept = sqlite3_system_errno(db_.getHandle());
  return as_error(error, path_, kept == 0 ? last : kept, busy_.timeout());
}

}  // namespace nbasync
