#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/sqlite_statement.hpp"
#include "db/stored_column.hpp"

namespace nbasync {

// The columns of a connection's tables. They are kept as long as the schema's version stays: asked
// anew for each comparison they were a twelfth of a small sync. Throws SQLite::Exception.
class SqliteColumns {
 public:
  // Asks nothing yet. The database must outlive it.
  explicit SqliteColumns(SQLite::Database& db) : db_(db) {}

  // As they are now; empty if there is no such table. Valid until the next call, or forget().
  const std::vector<StoredColumn>& of(std::string_view table);

  // After a rollback: the version goes back with the schema, and may be another's the next time.
  void forget() noexcept { known_.clear(); }

 private:
  std::int64_t version();
  std::vector<StoredColumn> ask(std::string_view table);

  SQLite::Database& db_;
  std::optional<SqliteStatement> ask_version_;
  std::optional<SqliteStatement> ask_columns_;
  std::int64_t version_ = 0;
  std::map<std::string, std::vector<StoredColumn>, std::less<>> known_;
};

}  // namespace nbasync
