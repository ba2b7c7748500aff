#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "base/row_change.hpp"

struct sqlite3_session;
struct sqlite3_changeset_iter;

namespace nbasync {

// Records what a connection does to the rows of our tables from its making on, by SQLite's session
// extension: before the end of the transaction the exact difference can be read. Throws
// SQLite::Exception.
class ChangeRecorder {
 public:
  static constexpr std::size_t kMostRows = 10'000;
  static constexpr std::size_t kMostCells = 300'000;  // 15 MB or so

  explicit ChangeRecorder(SQLite::Database& db);
  ~ChangeRecorder();
  ChangeRecorder(const ChangeRecorder&) = delete;
  ChangeRecorder& operator=(const ChangeRecorder&) = delete;

  // Inserts, updates and deletes net of each other; table by table. A table of the predecessor's
  // that has no primary key cannot be recorded: then the list counts as truncated.
  RowChanges changes();

 private:
  RowChange read(sqlite3_changeset_iter* change);
  std::shared_ptr<const RowChange::Table> table(const std::string& name);
  void check(int code) const;

  SQLite::Database& db_;
  sqlite3_session* session_ = nullptr;
  bool complete_ = true;
  std::map<std::string, std::shared_ptr<const RowChange::Table>> tables_;
};

}  // namespace nbasync
