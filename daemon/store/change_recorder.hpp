#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/changeset.hpp"

struct sqlite3_session;

namespace nbasync {

// Records what a connection does to the rows of our tables from its making on, by SQLite's session
// extension: before the end of the transaction the exact difference can be read. Throws
// SQLite::Exception.
class ChangeRecorder {
 public:
  explicit ChangeRecorder(SQLite::Database& db);
  ~ChangeRecorder();
  ChangeRecorder(const ChangeRecorder&) = delete;
  ChangeRecorder& operator=(const ChangeRecorder&) = delete;

  // Inserts, updates and deletes net of each other. A table of the predecessor's that has no
  // primary key cannot be recorded: then it is not complete.
  Changeset changeset() const;

 private:
  SQLite::Database& db_;
  sqlite3_session* session_ = nullptr;
  bool complete_ = true;
};

}  // namespace nbasync
