#include "store/change_recorder.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <string>

#include "dataset/catalog.hpp"
#include "store/sql.hpp"

namespace nbasync {
namespace {

struct FreeChangeset {
  void operator()(void* changeset) const { sqlite3_free(changeset); }
};

void check(SQLite::Database& db, int code) {
  if (code != SQLITE_OK) throw SQLite::Exception(db.getHandle(), code);
}

}  // namespace

ChangeRecorder::ChangeRecorder(SQLite::Database& db) : db_(db) {
  check(db_, sqlite3session_create(db.getHandle(), "main", &session_));
  for (const Table* each : nbasync::tables()) {
    const std::string name(each->name);
    const auto columns = stored_columns(db, name);
    complete_ = complete_ && std::ranges::any_of(columns, [](const StoredColumn& column) {
                  return column.key > 0;
                });
    check(db_, sqlite3session_attach(session_, name.c_str()));
  }
}

ChangeRecorder::~ChangeRecorder() { sqlite3session_delete(session_); }

Changeset ChangeRecorder::changeset() const {
  int size = 0;
  void* bytes = nullptr;
  check(db_, sqlite3session_changeset(session_, &size, &bytes));
  const std::unique_ptr<void, FreeChangeset> owner(bytes);
  return {{static_cast<const char*>(bytes), static_cast<std::size_t>(size)}, complete_};
}

}  // namespace nbasync
