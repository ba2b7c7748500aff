#include "store/change_recorder.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

#include "dataset/catalog.hpp"
#include "store/sql.hpp"
#include "store/stored_value.hpp"

namespace nbasync {
namespace {

struct FreeChangeset {
  void operator()(void* changeset) const { sqlite3_free(changeset); }
};
struct EndIteration {
  void operator()(sqlite3_changeset_iter* change) const { sqlite3changeset_finalize(change); }
};

RowChange::Op to_op(int op) {
  if (op == SQLITE_INSERT) return RowChange::Op::kInsert;
  return op == SQLITE_DELETE ? RowChange::Op::kDelete : RowChange::Op::kUpdate;
}

}  // namespace

ChangeRecorder::ChangeRecorder(SQLite::Database& db) : db_(db) {
  check(sqlite3session_create(db.getHandle(), "main", &session_));
  for (const Table* each : nbasync::tables()) {
    const std::string name(each->name);
    const auto columns = stored_columns(db, name);
    complete_ = complete_ && std::ranges::any_of(columns, [](const StoredColumn& column) {
                  return column.key > 0;
                });
    check(sqlite3session_attach(session_, name.c_str()));
  }
}

ChangeRecorder::~ChangeRecorder() { sqlite3session_delete(session_); }

RowChanges ChangeRecorder::changes() {
  int size = 0;
  void* bytes = nullptr;
  check(sqlite3session_changeset(session_, &size, &bytes));
  const std::unique_ptr<void, FreeChangeset> changeset(bytes);
  sqlite3_changeset_iter* start = nullptr;
  check(sqlite3changeset_start(&start, size, bytes));
  const std::unique_ptr<sqlite3_changeset_iter, EndIteration> change(start);

  RowChanges result;
  result.truncated = !complete_;
  std::size_t cells = 0;
  int code = SQLITE_OK;
  while ((code = sqlite3changeset_next(change.get())) == SQLITE_ROW) {
    if (result.rows.size() >= kMostRows || cells >= kMostCells) {
      result.truncated = true;
      return result;
    }
    const auto& row = result.rows.emplace_back(read(change.get()));
    cells += row.key.size() + row.before.size() + row.after.size();
  }
  if (code != SQLITE_DONE) check(code);
  return result;
}

RowChange ChangeRecorder::read(sqlite3_changeset_iter* change) {
  const char* name = nullptr;
  int columns = 0;
  int op = 0;
  check(sqlite3changeset_op(change, &name, &columns, &op, nullptr));
  unsigned char* is_key = nullptr;
  check(sqlite3changeset_pk(change, &is_key, nullptr));

  RowChange row{table(name), to_op(op), {}, {}, {}};
  for (int c = 0; c < columns; ++c) {
    sqlite3_value* before = nullptr;
    sqlite3_value* after = nullptr;
    if (op != SQLITE_INSERT) check(sqlite3changeset_old(change, c, &before));
    if (op != SQLITE_DELETE) check(sqlite3changeset_new(change, c, &after));
    const auto column = static_cast<std::size_t>(c);
    if (is_key[c] != 0) row.key.push_back({column, copy(before != nullptr ? before : after)});
    if (is_key[c] != 0 && op == SQLITE_UPDATE) continue;
    if (before != nullptr) row.before.push_back({column, copy(before)});
    if (after != nullptr) row.after.push_back({column, copy(after)});
  }
  return row;
}

std::shared_ptr<const RowChange::Table> ChangeRecorder::table(const std::string& name) {
  auto& known = tables_[name];
  if (!known) {
    RowChange::Table made{name, {}};
    for (auto& column : stored_columns(db_, name)) made.columns.push_back(std::move(column.name));
    known = std::make_shared<const RowChange::Table>(std::move(made));
  }
  return known;
}

void ChangeRecorder::check(int code) const {
  if (code != SQLITE_OK) throw SQLite::Exception(db_.getHandle(), code);
}

}  // namespace nbasync
