#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "db/connection.hpp"
#include "db/database_file.hpp"
#include "db/sqlite_connection.hpp"

namespace nbasync {

// A connection to whatever file the database is: it lets go of one that was replaced, and opens the
// next. One thread at a time.
class FileConnection final : public Connection {
 public:
  // `busy_timeout`: instead of the options'. Throws Error. One that writes is not opened yet.
  FileConnection(std::shared_ptr<DatabaseFile> file, FileUse use,
                 std::optional<std::chrono::milliseconds> busy_timeout);
  ~FileConnection() override;
  FileConnection(const FileConnection&) = delete;
  FileConnection& operator=(const FileConnection&) = delete;

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
  void take_file(const std::stop_token& stop) override;
  std::int64_t checkpoint() override;
  void release_memory() noexcept override;

  // For DatabaseFile, while nobody works. `log_too`: what the write-ahead log has goes to the file
  // first.
  void close(bool log_too) noexcept;

 private:
  class Working;

  void open();

  std::shared_ptr<DatabaseFile> file_;
  FileUse use_;
  std::chrono::milliseconds busy_timeout_;
  std::unique_ptr<SqliteConnection> own_;  // null: closed, and to be opened when it is used
  std::uint64_t generation_ = 0;           // of the file that it knows
  int depth_ = 0;                          // of calls within calls
};

}  // namespace nbasync
