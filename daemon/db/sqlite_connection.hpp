#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "base/error.hpp"
#include "db/busy_wait.hpp"
#include "db/connection.hpp"
#include "db/sqlite_batch.hpp"
#include "db/sqlite_columns.hpp"
#include "db/sqlite_statement.hpp"

namespace nbasync {

// A connection to one SQLite file. One thread at a time.
class SqliteConnection final : public Connection {
 public:
  struct Options {
    FileUse use = FileUse::kRead;
    std::chrono::milliseconds busy_timeout{0};
    bool synchronous_full = true;
    // Called before each commit, and again after it; what it throws undoes the first.
    std::function<void()> check;
    // Work is broken off when it becomes true. May be null; else it outlives the connection.
    const std::atomic<bool>* given_up = nullptr;
  };

  // The file must exist; `path` is without links. Throws Error.
  SqliteConnection(const std::string& path, Options options);

  DatabaseKind kind() const override { return DatabaseKind::kFile; }
  std::int64_t run(std::string_view sql, std::span<const Value> values,
                   const std::stop_token& stop) override;
  void each(std::string_view sql, std::span<const Value> values,
            const std::function<void(Row)>& row, const std::stop_token& stop) override;
  std::vector<StoredColumn> columns_of(std::string_view table,
                                       const std::stop_token& stop) override;
  std::vector<std::string> tables(const std::stop_token& stop) override;
  void transaction(const std::function<void()>& work, const std::stop_token& stop) override;
  void rehearse(const std::function<void()>& work, const std::stop_token& stop) override;
  void change(const std::function<Batch()>& difference, const std::stop_token& stop) override;
  void take_file(const std::stop_token&) override {}
  std::int64_t checkpoint() override;
  void release_memory() noexcept override { sqlite3_db_release_memory(db_.getHandle()); }

  // What it has written into the log and not into the file stays there when it is closed.
  void leave_log() noexcept;

 private:
  template <typename Work>
  auto guarded(const std::stop_token& stop, Work work);
  template <typename Work>
  void in_transaction(const std::stop_token& stop, Work work);
  Error translated(const SQLite::Exception& error) const;
  void configure();
  SqliteStatement& prepared(std::string_view sql);
  std::int64_t data_version(const std::stop_token& stop);

  std::string path_;
  Options options_;
  BusyWait busy_;
  SQLite::Database db_;
  std::map<std::string, SqliteStatement, std::less<>> statements_;  // by their text
  SqliteColumns columns_;
  SqliteBatchWriter batches_;
  bool rehearsing_ = false;
};

}  // namespace nbasync
