#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/row_changes.hpp"

struct sqlite3_session;
struct sqlite3_changeset_iter;

namespace nbasync {

// Records what a connection does to the rows of our tables from its making on, by SQLite's session
// extension: before the end of the transaction the exact difference can be read. Throws
// SQLite::Exception.
class ChangeRecorder {
 public:
  static constexpr std::size_t kMostRows = 10'000;
  static constexpr std::size_t kMostBytes = 16 << 20;

  explicit ChangeRecorder(SQLite::Database& db);
  ~ChangeRecorder();
  ChangeRecorder(const ChangeRecorder&) = delete;
  ChangeRecorder& operator=(const ChangeRecorder&) = delete;

  // Inserts, updates and deletes net of each other; table by table. A table of the predecessor's
  // that has no primary key cannot be recorded: then the list counts as truncated.
  RowChanges changes();

 private:
  void append(std::string& rows, sqlite3_changeset_iter* change);
  const std::vector<std::string>& columns_of(const std::string& table);
  void check(int code) const;

  SQLite::Database& db_;
  sqlite3_session* session_ = nullptr;
  bool complete_ = true;
  std::map<std::string, std::vector<std::string>> columns_;  // their names, by table
};

}  // namespace nbasync
