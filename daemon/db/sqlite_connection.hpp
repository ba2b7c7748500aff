#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <map>
#include <string>

#include "db/busy_wait.hpp"
#include "db/connection.hpp"
#include "db/sqlite_batch.hpp"
#include "db/sqlite_statement.hpp"

namespace nbasync {

// A connection to a SQLite file, that may write or only read. One thread at a time.
class SqliteConnection final : public Connection {
 public:
  enum class Access { kRead, kWrite };

  // The file must exist. Throws Error.
  SqliteConnection(const std::string& path, Access access, std::chrono::milliseconds busy_timeout,
                   bool synchronous_full);

  std::int64_t run(std::string_view sql, std::span<const Value> values,
                   const std::stop_token& stop) override;
  void each(std::string_view sql, std::span<const Value> values,
            const std::function<void(Row)>& row, const std::stop_token& stop) override;
  std::vector<StoredColumn> columns_of(std::string_view table,
                                       const std::stop_token& stop) override;
  void transaction(const std::function<void()>& work, const std::stop_token& stop) override;
  void rehearse(const std::function<void()>& work, const std::stop_token& stop) override;
  void change(const std::function<Batch()>& difference, const std::stop_token& stop) override;
  std::int64_t checkpoint() override;
  void release_memory() noexcept override { sqlite3_db_release_memory(db_.getHandle()); }

 private:
  template <typename Work>
  auto guarded(const std::stop_token& stop, Work work);
  template <typename Work>
  void in_transaction(const std::stop_token& stop, Work work);
  Error translated(const SQLite::Exception& error) const;
  void configure(Access access, bool synchronous_full);
  SqliteStatement& prepared(std::string_view sql);
  std::int64_t data_version();

  std::string path_;
  BusyWait busy_;
  SQLite::Database db_;
  std::map<std::string, SqliteStatement, std::less<>> statements_;  // by their text
  SqliteBatchWriter batches_;
  bool rehearsing_ = false;
};

}  // namespace nbasync
